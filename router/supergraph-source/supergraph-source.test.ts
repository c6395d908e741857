import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { COMPOSITION_VERSION, CompositionError, compose } from '../compose.ts';
import { roverErrors, roverHints } from '../rover-report.ts';
import { openSource } from './open-source.ts';
import { followSupergraph } from './supergraph-source.ts';
import { readSupergraphYaml } from './supergraph-yaml.ts';

const OPTIONS = { everyMs: 20, timeoutMs: 500, headers: { 'x-key': 'k' } };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'souk-source-'));
});
afterEach(() => rm(folder, { recursive: true }));

const file = (name: string) => path.join(folder, name);

describe('an address', () => {
  let server: Server;
  let url: string;
  let answer: { status: number; body: string; etag?: string };
  let asked: IncomingHttpHeaders[];

  beforeEach(async () => {
    asked = [];
    answer = { status: 200, body: 'one', etag: '"1"' };
    server = createServer((request, response) => {
      asked.push(request.headers);
      const { status, body, etag } = answer;
      if (etag && request.headers['if-none-match'] === etag) return response.writeHead(304).end();
      return response.writeHead(status, etag ? { etag } : {}).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/supergraph`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test('is asked with its ETag and headers, and tells only what is new', async () => {
    const source = openSource(url, OPTIONS);
    expect(await source.look()).toBe('one');
    expect(await source.look()).toBeNull();
    answer = { status: 200, body: 'two' };
    expect(await source.look()).toBe('two');
    expect(await source.look()).toBeNull();
    expect(asked.map((headers) => [headers['x-key'], headers['if-none-match']])).toEqual([
      ['k', undefined],
      ['k', '"1"'],
      ['k', '"1"'],
      ['k', undefined],
    ]);
  });

  test('that answers badly changes nothing, is told once, and is asked more rarely', async () => {
    const source = openSource(url, OPTIONS);
    await source.look();
    const taken: string[] = [];
    const told: object[] = [];
    const log = { info: () => undefined, warn: () => undefined, error: (details: object) => told.push(details) };
    answer = { status: 500, body: 'secret' };
    const stop = followSupergraph(source, {
      log,
      onChange: async (sdl) => {
        if (sdl === 'bad') throw new Error('it is bad');
        taken.push(sdl);
      },
    });
    await sleep(700);
    // 20, 20, 40, 80, 160, 320 ms: without a pause that grows it would be thirty.
    expect(asked.length).toBeLessThan(10);
    expect(told).toMatchObject([{ reason: expect.stringContaining('answers 500') }]);
    answer = { status: 200, body: 'bad' };
    while (told.length < 2) await sleep(10);
    answer = { status: 200, body: 'good' };
    while (taken.length < 1) await sleep(10);
    stop();
    expect(taken).toEqual(['good']);
    expect(told).toMatchObject([{}, { reason: 'it is bad' }]);
  });

  test('a subgraph_url is asked for its schema', async () => {
    answer = { status: 200, body: JSON.stringify({ data: { _service: { sdl: 'type Query { a: Int }' } } }) };
    const yaml = `subgraphs:\n  a:\n    schema:\n      subgraph_url: ${url}\n      introspection_headers: { x-key: secret }\n`;
    await writeFile(file('supergraph.yaml'), yaml);
    const source = openSource(file('supergraph.yaml'), OPTIONS);
    expect(await source.look()).toContain(`@join__graph(name: "a", url: "${url}")`);
    expect(asked[0]?.['x-key']).toBe('secret');
    answer = { status: 500, body: 'down' };
    await sleep(30);
    await expect(source.look()).rejects.toThrow('The subgraph a does not tell its schema');
  });
});

test('a file is taken again when it has changed, and only then', async () => {
  await writeFile(file('s.graphql'), 'one');
  const source = openSource(file('s.graphql'), OPTIONS);
  expect(await source.look()).toBe('one');
  expect(await source.look()).toBeNull();
  await writeFile(file('s.graphql'), 'three');
  expect(await source.look()).toBe('three');
});

describe('supergraph.yaml', () => {
  const write = (schema: string, more = '') =>
    writeFile(file('supergraph.yaml'), `${more}subgraphs:\n  a:\n    routing_url: http://a\n    schema: ${schema}\n`);

  test('is composed again when a schema changes', async () => {
    await write('{ file: ./a.graphql }');
    await writeFile(file('a.graphql'), 'type Query { a: Int }');
    const source = openSource(file('supergraph.yaml'), OPTIONS);
    expect(await source.look()).toContain('a: Int');
    expect(await source.look()).toBeNull();
    await writeFile(file('a.graphql'), 'type Query { another: Int }');
    expect(await source.look()).toContain('another: Int');
    await writeFile(file('a.graphql'), 'type Query {');
    await expect(source.look()).rejects.toThrow('INVALID_GRAPHQL: [a] Syntax Error');
    expect(await source.look()).toBeNull();
  });

  test('names the version of Federation, of which there is one', async () => {
    await write('{ sdl: "type Query { a: Int }" }', 'federation_version: =2.9.0\n');
    expect((await readSupergraphYaml(file('supergraph.yaml'))).warning).toBe(
      `composed with Federation ${COMPOSITION_VERSION}, not 2.9.0`,
    );
    await write('{ sdl: "type Query { a: Int }" }', 'federation_version: 1\n');
    await expect(readSupergraphYaml(file('supergraph.yaml'))).rejects.toThrow('federation_version is 1: set it to 2');
    const { dependencies } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
    expect(dependencies['@apollo/composition']).toBe(COMPOSITION_VERSION);
  });

  test.each([
    ['{ graphref: a@b }', 'subgraphs.a.schema is wrong (must be one of file, subgraph_url and sdl)'],
    ['{ file: ./none.graphql }', 'The schema of a is to be in'],
  ])('%s is told to be wrong', async (schema, told) => {
    await write(schema);
    await expect(openSource(file('supergraph.yaml'), OPTIONS).look()).rejects.toThrow(told);
  });
});

test('what does not compose is told as Rover tells it', () => {
  const wrong = { a: 'type Query { a: Int }', b: 'type Query { a: String }' };
  const subgraphs = Object.entries(wrong).map(([name, sdl]) => ({
    name,
    url: `http://${name}`,
    sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])\n${sdl.replace('Int', 'Int @shareable').replace('String', 'String @shareable')}`,
  }));
  let told = '';
  try {
    compose(subgraphs);
  } catch (error) {
    told = roverErrors(error as CompositionError, subgraphs.length);
  }
  expect(told).toBe(`error[E029]: Encountered 1 build error while trying to build a supergraph.

Caused by:
    FIELD_TYPE_MISMATCH: Type of field "Query.a" is incompatible across subgraphs: it has type "Int" in subgraph "a" but type "String" in subgraph "b"

        The subgraph schemas you provided are incompatible with each other. See https://www.apollographql.com/docs/federation/errors/ for more information on resolving build errors.
`);
  const { hints } = compose([{ name: 'a', url: 'http://a', sdl: 'type Query { a: Int } enum Unused { A }' }]);
  expect(roverHints(hints)).toMatch(/^HINT: \[[A-Z_]+\]: .*\n$/s);
});
