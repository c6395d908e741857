import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BuildFailure, build, context, formatMessages, type OutputFile } from 'esbuild';
import { inProject } from '#platform/config/root.ts';
import { generateClients } from '#prisma/generate.ts';
import { describeFailure } from './failure.ts';
import { generateWebTypes, serverBundle } from './prepare.ts';
import { ReloadingServer } from './reloading-server.ts';
import type { Program } from './until-stopped.ts';
import { watchFolders } from './watch-folders.ts';

const FOLDER = 'build/dev';
const SOURCES = ['platform', 'router', 'subgraphs', 'server', 'prisma'];
/** Where the storefront keeps the documents whose types are made from them and the API's schema. */
const DOCUMENTS = 'web/features';

/** Runs the server, and runs it anew after every change of its source. */
export async function watchServer(program: Program, variables: Readonly<Record<string, string>>): Promise<void> {
  await rm(inProject(FOLDER), { recursive: true, force: true });
  await build(serverBundle(FOLDER, 'server/dev-server.ts'));
  const bundler = await context({ ...serverBundle(FOLDER), write: false });
  program.onStop(() => bundler.dispose());
  const server = new ReloadingServer(variables);
  program.onStop(() => server.stop());

  let made = 0;
  let running = '';
  const update = async (): Promise<void> => {
    const since = performance.now();
    const { outputFiles } = await bundler.rebuild();
    const code = outputFiles
      .filter((file) => file.path.endsWith('.js'))
      .map(({ hash }) => hash)
      .join();
    // A test or a comment leaves the program as it is; one that does not run is tried again at every save.
    if (code === running && server.runs) return;
    running = code;
    made += 1;
    await writeBundle(outputFiles, made);
    await server.run(bundleFolder(made, 'main.js'), since);
    await rm(bundleFolder(made - 1), { recursive: true, force: true });
    void types(); // whose seconds the next change does not wait for
  };
  const types = oneAtATime(generateWebTypes);
  const updates = oneAtATime(update);
  // What is saved while the first one starts is not missed.
  const started = updates();

  const sources = await watchFolders(SOURCES, (files) => {
    // A new client changes what the bundle is made of.
    const schemas = [...files].some((file) => file.endsWith('schema.prisma'));
    const clients = schemas ? generateClients().catch(complain) : null;
    void Promise.all([clients, server.giveUpSlowStart()]).then(updates);
  });
  const documents = await watchFolders([DOCUMENTS], (files) => {
    if ([...files].some((file) => file.endsWith('.graphql'))) void types();
  });
  program.onStop(async () => {
    sources.close();
    documents.close();
  });
  await started;
}

/** Each bundle has a folder of its own: what Node has loaded once from a file it would not load again. */
const bundleFolder = (count: number, ...file: string[]): string => inProject(FOLDER, String(count), ...file);

async function writeBundle(files: readonly OutputFile[], count: number): Promise<void> {
  await mkdir(bundleFolder(count));
  await Promise.all(files.map((file) => writeFile(bundleFolder(count, path.basename(file.path)), file.contents)));
}

/** Does it now, or once more after the time that is under way: what comes meanwhile is done together. */
function oneAtATime(deed: () => Promise<unknown>): () => Promise<void> {
  let last = Promise.resolve();
  let waiting = false;
  return () => {
    if (waiting) return last;
    waiting = true;
    last = last.then(async () => {
      waiting = false;
      await deed().catch(complain);
    });
    return last;
  };
}

async function complain(error: unknown): Promise<void> {
  const { errors } = error as Partial<BuildFailure>;
  const texts = errors && (await formatMessages(errors, { kind: 'error', color: process.stdout.isTTY }));
  process.stderr.write(`${texts?.join('\n') ?? describeFailure(error)}\n`);
}
