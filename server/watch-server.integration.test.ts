import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { freePort, startProcess, type TestProcess, untilReady } from '#tests/program/processes.ts';

// Alone it is about a second, but other tests run beside this one: the fastest of several counts, and that with room.
const RELOADED_MS = 10_000;
const PATIENCE_MS = 20_000;

const COPIED = ['platform', 'router', 'subgraphs', 'server', 'prisma', 'web/features', 'web/codegen.ts'].concat([
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'supergraph.yaml',
]);
const WATCH = `
import { untilStopped } from '#server/until-stopped.ts';
import { watchServer } from '#server/watch-server.ts';
await untilStopped((program) => watchServer(program, {}));
`;

let project: string;
let databases: ProgramDatabases;
let watching: TestProcess;
let url: string;

/** The server as `npm run dev` runs it, in a copy of the project that may be changed. */
beforeAll(async () => {
  project = await mkdtemp(path.join(os.tmpdir(), 'souk-dev-'));
  await Promise.all(COPIED.map((each) => cp(inProject(each), path.join(project, each), { recursive: true })));
  await symlink(inProject('node_modules'), path.join(project, 'node_modules'));
  await writeFile(path.join(project, 'watch.ts'), WATCH);
  databases = await createProgramDatabases(inject('postgresUrl'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const env = {
    ...databases.env,
    NODE_ENV: 'development',
    SOUK_SECRET: 'the secret of a program under test, never of a real one',
    FILES_DIR: path.join(project, 'files'),
    ROUTER_PORT: String(port),
    HOST: '127.0.0.1',
    PLAYGROUND: '0',
    INTROSPECTION: '1',
  };
  watching = startProcess('the watching server', process.execPath, ['--import', 'tsx', 'watch.ts'], env, project);
  await untilReady(`${url}/health/live`, watching, 60_000);
}, 90_000);

afterAll(async () => {
  expect(await watching?.stop()).toBe(0);
  await databases?.drop();
  await rm(project, { recursive: true, force: true });
});

test('a change of a resolver, of the platform and of a schema is soon served, by the same process', async () => {
  const server = await serverProcess();
  const times: number[] = [];
  for (const word of ['named', 'told', 'given']) {
    const saved = performance.now();
    await change(PRODUCTS, /'(?:Name the|A) product .*'/, `'A product is ${word} by its id.'`);
    await untilAnswered('{ product { id } }', `A product is ${word} by its id.`);
    times.push(performance.now() - saved);
  }
  expect(Math.min(...times)).toBeLessThan(RELOADED_MS);

  await change('platform/graphql/http-body.ts', 'charset=utf-8', 'charset=UTF-8');
  await expect
    .poll(async () => (await fetch(`${url}/health/live`).catch(() => null))?.headers.get('content-type'), POLL)
    .toContain('charset=UTF-8');

  await change(CATEGORIES, 'The roots of the tree.', 'The roots of all trees.');
  await untilAnswered(DESCRIPTIONS, 'The roots of all trees.');
  expect(await readFile(inCopy('router/schema/api.graphql'), 'utf8')).toContain('The roots of all trees.');
  expect(await serverProcess()).toBe(server);
}, 60_000);

test('what does not compose leaves the API as it was; what does not load or ends is told; the next save mends it', async () => {
  const [unnamed, taken] = ['@Query(() => [Category], {', "@Query(() => [Category], { name: 'cart',"];
  await change(CATEGORIES, unnamed, taken);
  await untilSaid('The supergraph does not compose');
  await untilAnswered(DESCRIPTIONS, 'The roots of');
  await change(CATEGORIES, taken, unnamed);
  await untilAnswered('{ categories { id } }', '"data"');

  for (const [line, said] of [
    ['const = 1;', 'Expected identifier but found "="'],
    ['process.exit(3);', 'The server does not run'],
    ["throw new Error('never loaded');", 'Error: never loaded'],
  ] as const) {
    await change(PRODUCTS, IMPORTS, `${line}\n${IMPORTS}`);
    await untilSaid(said);
    await change(PRODUCTS, `${line}\n`, '');
    await untilAnswered('{ product { id } }', 'BAD_USER_INPUT');
  }
}, 120_000);

const POLL = { timeout: PATIENCE_MS, interval: 20 };
const PRODUCTS = 'subgraphs/catalog/product.queries.ts';
const IMPORTS = 'const MOST_IDS';
const CATEGORIES = 'subgraphs/catalog/category.queries.ts';
const DESCRIPTIONS = '{ __type(name: "Query") { fields { description } } }';

const inCopy = (file: string): string => path.join(project, file);

async function change(file: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(inCopy(file), 'utf8');
  expect(text.replace(from, to)).not.toBe(text);
  await writeFile(inCopy(file), text.replace(from, to));
}

async function ask(query: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return await response.text();
}

async function untilAnswered(query: string, text: string): Promise<void> {
  // No answer is none yet: it restarts.
  await expect.poll(() => ask(query).catch(() => ''), POLL).toContain(text);
}

async function untilSaid(text: string): Promise<void> {
  await expect.poll(() => watching.output(), POLL).toContain(text);
}

/** Which child of the watching program runs the server. */
async function serverProcess(): Promise<string | undefined> {
  const { pid } = watching.child;
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ');
  for (const child of children)
    if ((await readFile(`/proc/${child}/cmdline`, 'utf8')).includes('dev-server.js')) return child;
  return undefined;
}
