import { z } from 'zod';

const count = (most: number) => z.number().int().min(1).max(most);

const Policy = z.strictObject({
  deadlineMs: count(600_000).describe('for one operation with all its attempts and its time in the queue'),
  connections: count(4_096).describe('operations under way at once, each on a connection of its own'),
  waiting: z.number().int().min(0).max(100_000).describe('operations that may wait for a connection'),
  retries: z.number().int().min(0).max(10).describe('further attempts of a query; mutations have none'),
  retryShare: z.number().min(0).max(1).describe('retries for each operation, over many operations'),
  faultsToOpen: count(1_000).describe('faults in a row that open the circuit breaker'),
  openMs: count(600_000).describe('how long it stays open at first; it doubles with each failed try'),
  openMostMs: count(600_000).describe('how long it stays open at most'),
  compression: z.boolean().describe('take compressed answers'),
  persistedQueries: z.boolean().describe('send the hash of a text, and the text when it is not known'),
  responseLimitBytes: count(1 << 30).describe('the longest answer that is read, unpacked'),
});

/** How one subgraph is asked over HTTP. */
export type UpstreamPolicy = z.output<typeof Policy>;

/** What differs from the defaults; plain data, as a configuration file has it. */
export const UpstreamSettings = Policy.partial();
export type UpstreamSettings = z.output<typeof UpstreamSettings>;

const DEFAULTS: UpstreamPolicy = {
  deadlineMs: 5_000,
  connections: 64,
  waiting: 256,
  retries: 2,
  retryShare: 0.2,
  faultsToOpen: 8,
  openMs: 1_000,
  openMostMs: 10_000,
  compression: true,
  persistedQueries: false,
  responseLimitBytes: 16 << 20,
};

/** The last one that says something about a setting counts. */
export function policyOf(...settings: readonly (UpstreamSettings | undefined)[]): UpstreamPolicy {
  const said = settings.flatMap((each) => Object.entries(each ?? {})).filter(([, value]) => value !== undefined);
  return Policy.parse({ ...DEFAULTS, ...Object.fromEntries(said) });
}
