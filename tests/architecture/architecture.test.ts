import { describe, expect, test } from 'vitest';
import { SUBGRAPH_NAMES } from '#subgraphs/subgraphs.ts';
import { type Import, readImports, sourceFiles } from './imports.ts';

const imports = readImports();
const isTest = (file: string) => /\.(test|e2e|bench)\.ts$/.test(file) || /^(tests|bench)\//.test(file);
const inner = imports.filter(({ from, to }) => to !== null && !isTest(from)) as (Import & { to: string })[];
const folderOf = (file: string) => file.slice(0, file.indexOf('/'));
const subgraphOf = (file: string) => /^subgraphs\/([^/]+)\//.exec(file)?.[1];
const told = (found: Import[]) => found.map(({ from, to, package: name }) => `${from} → ${to ?? name}`);

/** Who may import whom, from the top down. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  server: ['server', 'router', 'subgraphs', 'platform', 'prisma'],
  router: ['router', 'platform'],
  subgraphs: ['subgraphs', 'platform', 'prisma'],
  platform: ['platform'],
  prisma: ['prisma', 'platform', 'server', 'subgraphs'],
  web: ['web'],
};

describe('the arrows point down only', () => {
  for (const [folder, allowed] of Object.entries(MAY_IMPORT)) {
    test(`${folder} imports ${allowed.join(', ')} and nothing else of ours`, () => {
      const wrong = inner.filter(({ from, to }) => folderOf(from) === folder && !allowed.includes(folderOf(to)));
      expect(told(wrong)).toEqual([]);
    });
  }

  test("a subgraph imports another's contracts and nothing else of it", () => {
    const wrong = inner.filter(({ from, to }) => {
      const [mine, theirs] = [subgraphOf(from), subgraphOf(to)];
      return mine && theirs && mine !== theirs && !to.startsWith(`subgraphs/${theirs}/contracts/`);
    });
    expect(told(wrong)).toEqual([]);
  });

  test("a subgraph's rules import only money, refusals and each other", () => {
    const wrong = imports.filter(({ from, to, package: name }) => {
      if (isTest(from) || !/^subgraphs\/[^/]+\/rules\//.test(from)) return false;
      return to
        ? !/^platform\/(money|errors)\//.test(to) && !to.startsWith(`subgraphs/${subgraphOf(from)}/rules/`)
        : name !== null;
    });
    expect(told(wrong)).toEqual([]);
  });

  test("a subgraph's contracts import only the platform, prisma-free, and other contracts", () => {
    const wrong = inner.filter(
      ({ from, to }) =>
        /^subgraphs\/[^/]+\/contracts\//.test(from) &&
        !to.startsWith('platform/') &&
        !/^subgraphs\/[^/]+\/contracts\//.test(to),
    );
    expect(told(wrong)).toEqual([]);
  });

  test('only database.ts of a subgraph imports its generated client', () => {
    const wrong = inner.filter(
      ({ from, to, typeOnly }) =>
        !typeOnly && /^prisma\/[^/]+\/generated\//.test(to) && !/^subgraphs\/[^/]+\/database\.ts$/.test(from),
    );
    expect(told(wrong)).toEqual([]);
  });

  test('the storefront knows the graph only by its schema', () => {
    const forbidden = [
      '@prisma/client',
      'pg',
      'ioredis',
      'bullmq',
      'type-graphql',
      '@apollo/gateway',
      '@apollo/server',
    ];
    const wrong = imports.filter(
      ({ from, package: name }) => from.startsWith('web/') && name !== null && forbidden.includes(name),
    );
    expect(told(wrong)).toEqual([]);
  });
});

test('there are no circles', () => {
  const graph = new Map<string, string[]>();
  for (const { from, to, typeOnly } of inner) if (!typeOnly) graph.set(from, [...(graph.get(from) ?? []), to]);
  expect(circlesIn(graph)).toEqual([]);
});

test('every listed subgraph has its table of contents, database, README and schema', () => {
  const files = new Set(sourceFiles());
  const missing = SUBGRAPH_NAMES.flatMap((name) =>
    ['subgraph.ts', 'database.ts'].map((file) => `subgraphs/${name}/${file}`),
  ).filter((file) => !files.has(file));
  expect(missing).toEqual([]);
});

test('no file or folder has a name that says nothing', () => {
  const empty = /(^|\/)(utils?|helpers?|common|shared|core|lib|misc|index)(\/|\.tsx?$)/;
  expect(sourceFiles().filter((file) => empty.test(file))).toEqual([]);
});

function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, way: string[]) => {
    const at = way.indexOf(file);
    if (at >= 0) {
      circles.push([...way.slice(at), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...way, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return circles;
}
