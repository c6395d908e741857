import { z } from 'zod';
import { UpstreamSettings } from '#platform/transport/upstream-policy.ts';
import { HeaderRules } from './header-rules.ts';

/** How a router asks subgraphs that know nothing of it; plain data, e.g. of a configuration file. */
export const UpstreamOptions = z.strictObject({
  all: UpstreamSettings.default({}).describe('for every subgraph'),
  subgraphs: z.record(z.string(), UpstreamSettings).default({}).describe('what differs for single ones, by name'),
  headers: HeaderRules.default(HeaderRules.parse({})).describe(
    'which headers they are sent, and which of theirs clients are told; none without a rule',
  ),
  deduplicate: z.boolean().default(true).describe('equal queries of one viewer under way at once are one'),
});
export type UpstreamOptions = z.output<typeof UpstreamOptions>;
