import { pathToFileURL } from 'node:url';
import { readShape } from './config.ts';
import { fail } from './failure.ts';
import type { Onlooker } from './parts.ts';
import { type Program, untilStopped } from './until-stopped.ts';

/** Starts the parts that TARGET and ROLE name; they stop in the reverse order. */
export async function startSouk(program: Program, onlooker: Onlooker = { say: console.log }): Promise<void> {
  const shape = readShape();
  // Loaded now and not above: each part reads its own variables when it is loaded.
  const { startParts } = await import('./parts.ts');
  for await (const part of startParts(shape, onlooker)) {
    program.onStop(() => part.stop());
    if (program.stopping.aborted) return;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await untilStopped((program) => startSouk(program)).catch(fail);
