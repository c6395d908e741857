import { describe, expect, test } from 'vitest';
import { withVariables } from '../supergraph-source/variables.config.ts';
import { readSettings } from './read-settings.ts';
import { SETTINGS } from './setting-list.ts';

const read = (text: string, variables: Record<string, string> = {}, options: Record<string, unknown> = {}) =>
  readSettings({ file: { name: 'router.yaml', text }, variables, options });

describe('settings', () => {
  test('all have defaults', () => {
    expect(read('')).toMatchObject({ port: 4000, limits: { depth: 15 }, drain: { noticeMs: 2_000, withinMs: 20_000 } });
  });

  test('the command line counts more than a variable, and that more than the file', () => {
    expect(read('port: 1').port).toBe(1);
    expect(read('port: 1', { ROUTER_PORT: '2' }).port).toBe(2);
    expect(read('port: 1', { ROUTER_PORT: '2' }, { port: 3 }).port).toBe(3);
  });

  test('a supergraph may be a text, and variables add to what the file says of it', () => {
    const { supergraph } = read('supergraph: a.graphql', { ROUTER_SUPERGRAPH_POLL_MS: '500' });
    expect(supergraph).toMatchObject({ from: 'a.graphql', pollMs: 500 });
    expect(read('supergraph: a.graphql', { SUPERGRAPH: 'b.yaml' }).supergraph.from).toBe('b.yaml');
  });

  test('variables are lists by commas, flags by 0 and 1, tables in YAML', () => {
    const { cors, introspection, subgraphs } = read('', {
      ROUTER_CORS_ORIGINS: 'https://a.example, https://b.example',
      ROUTER_INTROSPECTION: '0',
      ROUTER_SUBGRAPHS: '{ a: { url: "http://a/" } }',
    });
    expect(cors.origins).toEqual(['https://a.example', 'https://b.example']);
    expect(introspection).toBe(false);
    expect(subgraphs).toEqual({ a: { url: 'http://a/' } });
  });

  test('every setting has a variable of its own', () => {
    expect(new Set(SETTINGS.map(({ variable }) => variable)).size).toBe(SETTINGS.length);
    expect(SETTINGS.find(({ path }) => path.join('.') === 'limits.rootFields')?.variable).toBe(
      'ROUTER_LIMITS_ROOT_FIELDS',
    );
  });

  test.each([
    ['limits: { dept: 1 }', {}, /^router\.yaml: there is no setting limits\.dept: use one of depth, height, .*\.$/],
    ['prot: 1', {}, /^router\.yaml: there is no setting prot: use one of supergraph, port, .*\.$/],
    [
      'port: x',
      {},
      'router.yaml: port is "x": set it to a whole number from 0 to 65535 (where the router listens; 0 takes a free one).',
    ],
    [
      '',
      { ROUTER_LIMITS_DEPTH: '0' },
      'ROUTER_LIMITS_DEPTH is 0: set it to a whole number from 1 to 1000000 (fields below each other).',
    ],
    ['subgraphErrors: yes', {}, /^router\.yaml: subgraphErrors is "yes": set it to one of told, masked \(.*\)\.$/],
    [
      'subgraphs: { a: { url: nowhere } }',
      {},
      /^router\.yaml: subgraphs\.a\.url is "nowhere": set it to an address \(where it answers, .*\)\.$/,
    ],
    [
      'redisUrl: http://user:hunter2@redis',
      {},
      /^router\.yaml: redisUrl is "http:\/\/\*\*\*@redis": set it to an address/,
    ],
    [
      'trustedProxies: [here]',
      {},
      'router.yaml: trustedProxies.0 is "here": name an address or a network, e.g. 10.0.0.0/8.',
    ],
    ['[1, 2]', {}, 'router.yaml is not a table of settings: write it as e.g. "port: 4000".'],
    ['a: [', {}, /^router\.yaml is not YAML: /],
  ])('%s %o stops the start with one sentence', (text, variables, told) => {
    expect(() => read(text, variables as Record<string, string>)).toThrow(told);
    expect(() => read(text, variables as Record<string, string>)).not.toThrow('hunter2');
  });
});

test('what a file has of the environment is a variable, or its default, or is told to be missing', () => {
  const used = (name: string) => `\${env.${name}}`;
  const text = `a: ${used('A')} b: ${used('B:-two')}`;
  expect(withVariables(text, 'router.yaml', { A: 'one' })).toBe('a: one b: two');
  expect(() => withVariables(text, 'router.yaml', {})).toThrow('router.yaml uses the variable A, which is not set');
});
