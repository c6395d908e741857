import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import v8 from 'node:v8';
import { getMetadataStorage } from 'type-graphql';
import { inProject } from '#platform/config/root.ts';
import { CompositionError } from '#router/compose.ts';
import { areSchemasFresh, makeSchemaFiles } from '#router/schema-files.ts';
import { describeFailure, fail } from './failure.ts';
import { makeAnewNextTime } from './fresh.ts';
import type { Onlooker } from './parts.ts';
import { stopInOrder, untilStopped } from './until-stopped.ts';

/** What this process answers to each bundle that it was told to run. */
export interface Reloaded {
  readonly ok: boolean;
  /** Too much of former bundles is left here: the next one wants a fresh process. */
  readonly spent: boolean;
}

/** How long a start that is told to stop may take to notice. */
const START_GRACE_MS = 3_000;

let isComposed = true; // before this process was started

// The server of npm run dev: runs the bundles that it is told of, each instead of the one before. Most of what a start takes is to
// load packages and to run them for the first time; in one process only Souk itself is loaded anew.
await untilStopped(async ({ onStop, end, stopping }) => {
  const onlooker: Onlooker = { say: (line) => console.log(`  ${line}`), onSchemas: keepComposed };
  const stops: (() => Promise<void>)[] = [];
  let clean = true;
  const stop = async () => {
    if (!(await stopInOrder(stops))) clean = false;
  };
  const run = async (bundle: string): Promise<boolean> => {
    try {
      await stop();
      // Else it would keep every class that was ever decorated, and build them into every schema.
      getMetadataStorage().clear();
      const { startSouk } = (await import(pathToFileURL(bundle).href)) as typeof import('./main.ts');
      await startSouk({ onStop: (stop) => stops.unshift(stop), end, stopping }, onlooker);
      return true;
    } catch (error) {
      process.stderr.write(`${describeFailure(error)}\n`);
      await stop();
      return false;
    }
  };

  let last: Promise<unknown> = Promise.resolve();
  onStop(async () => {
    await Promise.race([last, sleep(START_GRACE_MS)]);
    await stop();
  });
  process.on('message', (bundle: string) => {
    last = last.then(async () => {
      const ok = await run(bundle);
      process.send?.({ ok, spent: !clean || isHeapFull() } satisfies Reloaded);
    });
  });
}).catch(fail);

/** Composes the supergraph where a subgraph's schema has changed. One that does not compose leaves the API as it was. */
async function keepComposed(sdls: ReadonlyMap<string, string>): Promise<void> {
  const schemas = { root: inProject(), printSubgraph: async (name: string) => sdls.get(name) ?? '' };
  if (isComposed && (await areSchemasFresh(schemas))) return;
  try {
    await makeAnewNextTime('supergraph');
    await makeSchemaFiles({ ...schemas, check: false });
    isComposed = true;
  } catch (error) {
    isComposed = false;
    process.stderr.write(`${error instanceof CompositionError ? error.message : describeFailure(error)}\n`);
  }
}

/** The modules of a bundle stay for as long as the process does. */
function isHeapFull(): boolean {
  const { used_heap_size, heap_size_limit } = v8.getHeapStatistics();
  return used_heap_size > heap_size_limit / 2;
}
