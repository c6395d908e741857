import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { INVARIANTS } from '#subgraphs/operations/rules/invariants.ts';
import { eventRoutes } from '#subgraphs/subgraphs.ts';
import { sourceFiles } from '#tests/architecture/imports.ts';
import { declaredVariables } from './variables.ts';

const DOCUMENTS = [
  '.',
  'server',
  'platform',
  'router',
  'subgraphs',
  'prisma',
  'web',
  'tests',
  'bench',
  'deploy',
  'docs',
]
  .flatMap((folder) => readdirSync(inProject(folder)).map((file) => path.posix.join(folder, file)))
  .concat(readdirSync(inProject('subgraphs')).map((name) => `subgraphs/${name}/README.md`))
  .filter((file) => file.endsWith('.md') && existsSync(inProject(file)));

const FOLDERS = 'server|platform|router|subgraphs|prisma|web|tests|bench|deploy|docs';
const textOf = (file: string) => readFileSync(inProject(file), 'utf8');

describe.each(DOCUMENTS)('%s', (file) => {
  const text = textOf(file);

  test('names files and folders that are there', () => {
    const told = [...text.matchAll(new RegExp(`\`((?:${FOLDERS})/[\\w./()\\[\\]-]*)\``, 'g'))].map(([, name]) => name!);
    expect(told.filter((name) => !existsSync(inProject(name)))).toEqual([]);
  });

  test('links to what is there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target!);
    expect(links.filter((target) => !existsSync(inProject(path.dirname(file), target)))).toEqual([]);
  });

  test('tells of scripts that package.json has', () => {
    const { scripts } = JSON.parse(textOf(file.startsWith('web/') ? 'web/package.json' : 'package.json'));
    const told = [...text.matchAll(/npm run ([a-z]+)/g)].map(([, name]) => name!);
    expect(told.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test('docs/variables.md tells every variable that the program reads, and no other', () => {
  const table = textOf('docs/variables.md');
  const told = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name!);
  const read = new Set(declaredVariables().map(({ name }) => name));
  expect(told.filter((name) => !name.startsWith('<')).sort()).toEqual([...read].sort());
});

test('docs/auditing.md tells every invariant that is audited, and no other; each is broken in a test', () => {
  const table = textOf('docs/auditing.md');
  const told = [...table.matchAll(/`([a-z]+\.[a-z-]+)`/g)].map(([, name]) => name!);
  expect([...new Set(told)].sort()).toEqual(Object.keys(INVARIANTS).sort());
  const broken = [
    ...textOf('tests/e2e/audit.e2e.ts').matchAll(/(?:invariant: |breach\(\s*|forgotten\()'([a-z]+\.[a-z-]+)'/g),
  ];
  expect(broken.map(([, name]) => name!).sort()).toEqual(Object.keys(INVARIANTS).sort());
});

test('ARCHITECTURE.md names functions that are there', () => {
  const source = sourceFiles().map(textOf).join('\n');
  const told = [...textOf('ARCHITECTURE.md').matchAll(/`@?(\w+)\(\)`/g)].map(([, name]) => name!);
  expect(told.length).toBeGreaterThan(20);
  const declared = (name: string) => new RegExp(`(?:function\\*?|const) ${name}\\b`).test(source);
  expect(told.filter((name) => !declared(name))).toEqual([]);
});

test('ARCHITECTURE.md tells every route of an event, and no other', () => {
  const rows = [...textOf('ARCHITECTURE.md').matchAll(/^\| `([a-z-]+\.[a-z-]+\.v\d)` \| .* \| (.*) \|$/gm)];
  const told = rows.map(([, topic, consumers]) => [topic, consumers!.replaceAll('`', '').split(', ').sort()]);
  const routes = Object.entries(eventRoutes()).map(([topic, consumers]) => [topic, [...consumers].sort()]);
  expect(told.sort()).toEqual(routes.sort());
});

test('every subgraph says what it is in about ten lines', () => {
  const long = DOCUMENTS.filter((file) => file.startsWith('subgraphs/')).filter(
    (file) => textOf(file).trimEnd().split('\n').length > 16,
  );
  expect(long).toEqual([]);
});
