import type { Running } from '#platform/subgraph/subgraph.ts';
import { observe } from '#platform/telemetry/metrics.ts';
import { database } from '../database.ts';
import { INVARIANTS } from '../rules/invariants.ts';
import { SOURCES } from './sources.ts';

/** What Prometheus is told of the books: each invariant with how often it does not hold, and how far the audits are behind. */
export function observeFindings(): Running {
  const stops = [
    observe('souk_audit_findings', 'How often an invariant of the shop does not hold at present', async () => {
      const open = new Map((await openFindings()).map(({ invariant, count }) => [invariant, count]));
      // One that holds is told of as well, so that an alert can tell it from a metric that is missing.
      return [...new Set([...Object.keys(INVARIANTS), ...open.keys()])].map((invariant) => [
        open.get(invariant) ?? 0,
        { invariant },
      ]);
    }),
    observe('souk_audit_behind_seconds', 'How far the audit of a subgraph is behind', async () => {
      const marks = await database.prisma.watermark.findMany();
      return marks
        .filter(({ source }) => SOURCES.some(({ name }) => name === source))
        .map(({ source, auditedTo }) => [(Date.now() - auditedTo.getTime()) / 1_000, { source }]);
    }),
  ];
  return {
    async stop() {
      for (const stop of stops) stop();
    },
  };
}

const openFindings = database.statement<{ invariant: string; count: number }>(
  'operations.open-findings',
  `SELECT invariant, count(*)::int AS count FROM finding
   WHERE closed_at IS NULL AND confirmed_at IS NOT NULL GROUP BY invariant`,
);
