import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { database } from './database.ts';
import { DiscardParkedJob } from './discard-parked-job.ts';
import { QueueQueries } from './queues.queries.ts';
import { RetryParkedJobs } from './retry-parked-jobs.ts';
import { StaffDeedQueries } from './staff-deed.ts';

export const operations: Subgraph = {
  name: 'operations',
  database,
  resolvers: [QueueQueries, RetryParkedJobs, DiscardParkedJob, StaffDeedQueries],
  announces: false,
  listeners: [],
};
