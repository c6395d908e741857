import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { startAudit } from './audit/audit.ts';
import { observeFindings } from './audit/observe-findings.ts';
import { database } from './database.ts';
import { DiscardParkedJob } from './discard-parked-job.ts';
import { FindingQueries } from './finding.queries.ts';
import { QueueQueries } from './queues.queries.ts';
import { RetryParkedJobs } from './retry-parked-jobs.ts';
import { StaffDeedQueries } from './staff-deed.ts';

export const operations: Subgraph = {
  name: 'operations',
  database,
  resolvers: [QueueQueries, RetryParkedJobs, DiscardParkedJob, StaffDeedQueries, FindingQueries],
  announces: false,
  listeners: [],
  startWork: (contextFor) => [startAudit(() => contextFor(null)), observeFindings()],
};
