import type { Running } from '#platform/subgraph/subgraph.ts';
import type { Shape } from './config.ts';

/**
 * Starts a process's parts in order and hands each over once it runs; they are stopped in the reverse order. A part's
 * `stop` first turns away what is new (readiness goes false), then lets what is under way finish.
 */
export async function* startParts(_shape: Shape): AsyncGenerator<Running> {}
