import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CompositionError, composeSubgraphs } from './compose.ts';
import { compareWithContract } from './contract.ts';
import { makeSchemaFiles } from './schema-files.ts';
import { loadSupergraph } from './supergraph.ts';
import { SDL } from './testing/test-shop.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible", "@requiresScopes"])`;
const compose = (subgraphs: Record<string, string>) =>
  composeSubgraphs(
    Object.entries(subgraphs).map(([name, sdl]) => ({ name, url: `http://${name}`, sdl: `${LINK}\n${sdl}` })),
  );

function problems(subgraphs: Record<string, string>): readonly string[] {
  try {
    compose(subgraphs);
  } catch (error) {
    if (error instanceof CompositionError) return error.problems;
    throw error;
  }
  return [];
}

describe('composing', () => {
  test('makes the supergraph and the API, without what is internal', () => {
    const { supergraphSdl, apiSdl } = composeSubgraphs(
      Object.entries(SDL).map(([name, sdl]) => ({ name, url: `http://${name}`, sdl })),
    );
    expect(supergraphSdl).toContain('internalSecret: String');
    expect(apiSdl).toContain('orderUpdated(id: ID!): Order');
    expect(apiSdl).not.toContain('internalSecret');
  });

  test('loads what the gateway refuses by itself: directives that subgraphs enforce', () => {
    const { supergraphSdl } = compose({ a: 'type Query { a: Int @requiresScopes(scopes: [["a:read"]]) }' });
    expect(supergraphSdl).toContain('for: SECURITY');
    const { sdl, subgraphs } = loadSupergraph(supergraphSdl);
    expect(sdl).not.toContain('for: SECURITY');
    expect(sdl).toContain('@requiresScopes(scopes: [["a:read"]])');
    expect(subgraphs).toEqual([{ name: 'a', url: 'http://a' }]);
  });

  test('names what does not fit together', () => {
    const conflict = { a: 'type Query { a: Int }', b: 'type Query { a: String }' };
    expect(problems(conflict)[0]).toContain('FIELD_TYPE_MISMATCH');
    expect(
      problems({ a: 'type Query { a: T } type T { x: Int }', b: 'type Query { b: T } type T { x: Int }' })[0],
    ).toContain('INVALID_FIELD_SHARING');
  });

  test('fails for an input field that only one of two subgraphs knows, which would be dropped silently', () => {
    const found = problems({
      a: 'type Query { a(in: In): Int } input In { x: Int y: Int }',
      b: 'type Query { b(in: In): Int } input In { x: Int }',
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('INCONSISTENT_INPUT_OBJECT_FIELD');
  });

  test('fails for a field of a shared type that only one subgraph knows, which would be published', () => {
    const found = problems({
      a: 'type Query { a: T } type T @shareable { x: Int internal: Int }',
      b: 'type Query { b: T } type T @shareable { x: Int }',
    });
    expect(found.join()).toMatch(/INCONSISTENT_OBJECT_VALUE_TYPE_FIELD|SATISFIABILITY_ERROR/);
  });
});

test('the contract: what is missing is told apart from what nobody agreed to', () => {
  const api = 'type Query { a(n: Int = 1): Int! b: E } enum E { X Y }';
  const contract = 'type Query { a(n: Int = 2): Int! b: E c: T } enum E { X } type T { x: Int }';
  expect(compareWithContract(api, contract)).toEqual({
    missing: ['Query.a(n: Int = 2)', 'Query.c: T', 'object T', 'T.x: Int'],
    extra: ['Query.a(n: Int = 1)', 'E.Y'],
  });
  expect(compareWithContract(contract, contract)).toEqual({ missing: [], extra: [] });
});

describe('schema files', () => {
  let root: string;
  const schema = { shop: `${LINK}\ntype Query { a: Int }` };
  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'souk-schema-'));
    const yaml =
      'subgraphs:\n  shop:\n    routing_url: http://localhost:1\n    schema:\n      file: ./subgraphs/shop/schema.graphql\n';
    await writeFile(path.join(root, 'supergraph.yaml'), yaml);
  });
  afterAll(() => rm(root, { recursive: true }));

  const make = (check: boolean) => makeSchemaFiles({ root, check, printSubgraph: async () => schema.shop });
  const ALL = ['subgraphs/shop/schema.graphql', 'router/schema/supergraph.graphql', 'router/schema/api.graphql'];

  test('a check writes nothing, then all are written, then none is stale', async () => {
    expect((await make(true)).stale).toEqual(ALL);
    await expect(readFile(path.join(root, ALL[0] as string))).rejects.toThrow('ENOENT');
    expect((await make(false)).stale).toEqual(ALL);
    expect((await make(true)).stale).toEqual([]);
    schema.shop += ' type More @shareable { x: Int }';
    expect((await make(true)).stale).toEqual(ALL);
  });
});
