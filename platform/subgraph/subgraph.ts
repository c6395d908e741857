import type { Viewer } from '#platform/auth/viewer.ts';
import type { Database } from '#platform/database/database.ts';
import type { Context } from '#platform/graphql/context.ts';
import type { SubgraphSchemaParts } from '#platform/graphql/subgraph-schema.ts';
import type { Listener } from '#platform/outbox/listener.ts';
import type { Urgency } from '#platform/queue/slots.ts';
import type { ExportedKind } from './export.ts';

/** Something that runs until it is stopped; stopping waits for what is under way. */
export interface Running {
  stop(): Promise<void>;
}

/** All that a subgraph is: what its `subgraph.ts`, its table of contents, says. */
export interface Subgraph extends SubgraphSchemaParts {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: each subgraph has its own generated client.
  readonly database: Database<any>;
  /** Whether it announces events: then it has an `outbox` table and lists `outboxResolver` among its resolvers. */
  readonly announces: boolean;
  /** Whether it has a `saga` table. */
  readonly runsSagas?: boolean;
  readonly listeners: readonly Listener[];
  /** When a worker has more to do than it can, whose jobs come first: those with money, and mail last. Default `usual`. */
  readonly urgency?: Urgency;
  /** What `npm run export -- <folder> --everything` writes of it; left out where nothing is to be taken along. */
  readonly exports?: readonly ExportedKind[];
  /** What a worker runs beside the listeners, such as a sweeper. `contextFor(null)` asks others without a viewer. */
  readonly startWork?: (contextFor: (viewer: Viewer | null) => Context) => Running[];
}
