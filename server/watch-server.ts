import { watch } from 'node:fs';
import { context, formatMessages, type Plugin } from 'esbuild';
import { inProject } from '#platform/config/root.ts';
import { generateClients } from '#prisma/generate.ts';
import { type ChildProgram, startProgram } from './child-program.ts';
import { describeFailure } from './failure.ts';
import { contentHash } from './fresh.ts';
import { composeSupergraph, generateWebTypes, serverBundle } from './prepare.ts';
import type { Program } from './until-stopped.ts';

/** Bundles and starts the server now and after every change. */
export async function watchServer(program: Program, variables: Readonly<Record<string, string>>): Promise<void> {
  const server = restartable(variables);
  program.onStop(() => server.stop());
  const bundle = await context({ ...serverBundle('build/dev'), plugins: [afterEachBuild(() => server.restart())] });
  program.onStop(() => bundle.dispose());
  await bundle.watch();

  const schemas = watch(inProject('prisma'), { recursive: true }, (_, file) => {
    // A new client changes files that the bundle is made of, so the server starts again by itself.
    if (file?.endsWith('schema.prisma')) generateClients().catch(complain);
  });
  program.onStop(async () => schemas.close());
}

const afterEachBuild = (restart: () => Promise<void>): Plugin => ({
  name: 'restart',
  setup: (build) => {
    build.onEnd(async ({ errors }) => {
      if (errors.length > 0) {
        const texts = await formatMessages(errors, { kind: 'error', color: process.stdout.isTTY });
        return void process.stderr.write(texts.join('\n'));
      }
      await restart();
      if (await composedAnew()) await restart();
    });
  },
});

/** Composes the supergraph, beside the running server; it differs from before only when a type of a subgraph does. */
async function composedAnew(): Promise<boolean> {
  const composed = () => contentHash({ from: ['router/schema'], files: /\.graphql$/ });
  const before = await composed();
  try {
    await composeSupergraph();
    await generateWebTypes();
  } catch (error) {
    complain(error);
  }
  return before !== (await composed());
}

/** One server at a time: changes that come while it restarts make it restart once more. */
function restartable(variables: Readonly<Record<string, string>>) {
  let running: ChildProgram | undefined;
  let last = Promise.resolve();
  let waiting = 0;
  const replace = async () => {
    if (--waiting > 0) return; // a later change is already queued
    const again = running !== undefined;
    await running?.stop();
    running = startProgram(inProject('build/dev/main.js'), [], { variables, verbose: true });
    process.stdout.write(`  Server ${again ? 'started again' : 'started'}.\n`);
  };
  return {
    restart: () => {
      waiting++;
      last = last.then(replace);
      return last;
    },
    stop: async () => {
      await last;
      await running?.stop();
    },
  };
}

const complain = (error: unknown): void => {
  process.stderr.write(`${describeFailure(error)}\n`);
};
