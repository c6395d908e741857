import { z } from 'zod';

const count = (most: number) => z.number().int().min(1).max(most);

/** How one subgraph is asked over HTTP; plain data, as a configuration file has it. */
export const UpstreamPolicy = z.strictObject({
  deadlineMs: count(600_000)
    .default(5_000)
    .describe('for one operation with all its attempts and its time in the queue'),
  connections: count(4_096).default(64).describe('operations under way at once, each on a connection of its own'),
  waiting: z.number().int().min(0).max(100_000).default(256).describe('operations that may wait for a connection'),
  retries: z.number().int().min(0).max(10).default(2).describe('further attempts of a query; mutations have none'),
  retryShare: z.number().min(0).max(1).default(0.2).describe('retries for each operation, over many operations'),
  faultsToOpen: count(1_000).default(8).describe('faults in a row that open the circuit breaker'),
  openMs: count(600_000).default(1_000).describe('how long it stays open at first; it doubles with each failed try'),
  openMostMs: count(600_000).default(10_000).describe('how long it stays open at most'),
  compression: z.boolean().default(true).describe('take compressed answers'),
  persistedQueries: z.boolean().default(false).describe('send the hash of a text, and the text when it is not known'),
  responseLimitBytes: count(1 << 30)
    .default(16 << 20)
    .describe('the longest answer that is read, unpacked'),
});

export type UpstreamPolicy = z.output<typeof UpstreamPolicy>;

/** What differs from the defaults. */
export type UpstreamSettings = { readonly [Name in keyof UpstreamPolicy]?: UpstreamPolicy[Name] | undefined };

export const DEFAULT_POLICY: UpstreamPolicy = UpstreamPolicy.parse({});
