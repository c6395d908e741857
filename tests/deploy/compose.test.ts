import { readFileSync } from 'node:fs';
import { DCLinter } from 'dclint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { inProject } from '#platform/config/root.ts';
import { readShape } from '#server/config.ts';
import { readPartsConfig } from '#server/parts.config.ts';
import { SUBGRAPH_NAMES } from '#subgraphs/subgraphs.ts';
import { declaredVariables } from '../documents/variables.ts';

interface Service {
  readonly image: string;
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
}

const SECRETS = { SOUK_SECRET: 'a secret of thirty-two characters or more', POSTGRES_PASSWORD: 'secret' };
const text = readFileSync(inProject('docker-compose.yml'), 'utf8');
const { services, volumes } = parse(interpolated(text, SECRETS), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const parts = Object.keys(services).filter((name) => services[name]!.image === 'souk-server:local');
/** As a container gets it: all values are texts. */
const environmentOf = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(services[name]?.environment ?? {}).map(([key, value]) => [key, String(value)]));
const databaseVariable = (name: string) => `${name.toUpperCase()}_DATABASE_URL`;

test('the file is a compose file by the schema of the Compose Specification', () => {
  const linter = new DCLinter({
    rules: { 'no-duplicate-exported-ports': 2, 'no-unbound-port-interfaces': 2, 'no-version-field': 2 },
    quiet: true,
    debug: false,
    exclude: [],
  });
  const results: { messages: { type: string; line: number; message: string }[] }[] = linter.lintFiles(
    [inProject('docker-compose.yml')],
    false,
  );
  expect(results).toHaveLength(1);
  const errors = results[0]!.messages.filter(({ type }) => type === 'error');
  expect(errors.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
});

describe('all that subgraphs.ts lists is there', () => {
  test('a container for each subgraph, and no container of one that is not', () => {
    expect(parts).toEqual([...SUBGRAPH_NAMES, 'workers', 'router']);
    expect(parts.map((name) => environmentOf(name).TARGET)).toEqual([...SUBGRAPH_NAMES, 'all', 'router']);
  });

  test('each has its own database and nobody else’s, the workers have all', () => {
    for (const name of SUBGRAPH_NAMES) {
      const given = Object.entries(environmentOf(name)).filter(([variable]) => variable.endsWith('_DATABASE_URL'));
      expect(given).toEqual([[databaseVariable(name), `postgresql://${name}:secret@postgres:5432/${name}`]]);
      expect(environmentOf('workers')[databaseVariable(name)]).toBe(given[0]![1]);
    }
  });

  test('every part reaches each under the name of its container, at the port that is checked for its health', () => {
    const addresses = Object.fromEntries(
      SUBGRAPH_NAMES.map((name) => [`${name.toUpperCase()}_URL`, `http://${name}:4000/graphql`]),
    );
    for (const name of parts) expect(environmentOf(name)).toMatchObject(addresses);
  });

  test('Postgres makes a database for each, and one for jobs', () => {
    const script = readFileSync(inProject('deploy/postgres/create-databases.sh'), 'utf8');
    expect(/^databases="(.*)"$/m.exec(script)?.[1]?.split(' ')).toEqual([...SUBGRAPH_NAMES, 'queues']);
  });

  test('supergraph.yaml composes each', () => {
    const { subgraphs } = parse(readFileSync(inProject('supergraph.yaml'), 'utf8')) as { subgraphs: object };
    expect(Object.keys(subgraphs)).toEqual([...SUBGRAPH_NAMES]);
  });
});

describe('the parts take what they are told', () => {
  test.each(parts)('%s', (name) => {
    const environment = environmentOf(name);
    const shape = readShape(environment);
    const config = readPartsConfig(shape, {}, environment);
    expect(shape).toMatchObject(
      name === 'workers' ? { worker: true, api: false, subgraphs: SUBGRAPH_NAMES } : { worker: false, api: true },
    );
    expect(Object.values(config.databases)).toHaveLength(shape.subgraphs.length);
    expect(config.routerPort).toBe(4000);
    expect(config.corsOrigins).toEqual(['http://localhost:3000']);
  });

  test('no variable is one that nobody reads', () => {
    const known = new Set(declaredVariables().map(({ name }) => name));
    for (const name of SUBGRAPH_NAMES) known.add(`${name.toUpperCase()}_URL`).add(databaseVariable(name));
    const given = [...parts, 'web'].flatMap((name) => Object.keys(environmentOf(name)));
    expect(given.filter((name) => !known.has(name))).toEqual([]);
  });
});

test('only storefront, API and mail are reached from outside, and from this machine alone', () => {
  const open = Object.entries(services).flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port]));
  expect(open).toEqual([
    ['router', '127.0.0.1:4000:4000'],
    ['web', '127.0.0.1:3000:3000'],
    ['mailpit', '127.0.0.1:8025:8025'],
  ]);
});

test('what a service waits for and keeps its data in is declared', () => {
  for (const { depends_on = {}, volumes: mounted = [] } of Object.values(services)) {
    expect(Object.keys(services)).toEqual(expect.arrayContaining(Object.keys(depends_on)));
    const named = mounted.map((mount) => mount.split(':')[0]!).filter((source) => !source.startsWith('.'));
    expect(Object.keys(volumes)).toEqual(expect.arrayContaining(named));
  }
});

test('without its secrets it does not start, and none is written down', () => {
  expect(() => interpolated(text, {})).toThrow(/^SOUK_SECRET: set it in \.env/);
  expect(() => interpolated(text, { SOUK_SECRET: SECRETS.SOUK_SECRET })).toThrow(/^POSTGRES_PASSWORD: set it in \.env/);
});

/** Interpolation as the Compose Specification has it, as far as the file uses it; innermost first. */
function interpolated(source: string, env: Readonly<Record<string, string>>): string {
  const required = [...source.matchAll(/\$\{(\w+):\?([^}]*)\}/g)].find(([, name]) => !env[name!]);
  if (required) throw new Error(`${required[1]}: ${required[2]}`);
  const innermost = /\$\{(\w+)(?::([-?])([^${}]*))?\}/g;
  let result = source;
  while (result.search(innermost) >= 0)
    result = result.replace(innermost, (_, name, kind, word) => env[name] || (kind === '-' ? word : ''));
  return result;
}
