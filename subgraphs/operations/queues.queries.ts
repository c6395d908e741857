import { Arg, Directive, Int, Query, Resolver } from 'type-graphql';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { decodeCursor, encodeCursor, type Page, page, pageSize } from '#platform/graphql/connection.type.ts';
import { allConsumers } from '#platform/outbox/routes.ts';
import { processQueues } from '#platform/queue/open-queues.ts';
import { byParkedAt, parkedJobs } from '#platform/queue/parked-jobs.ts';
import { queueDepth } from '#platform/queue/queue-depth.ts';
import { shownJob } from './parked-job.records.ts';
import { JobQueue, type ParkedJob, ParkedJobConnection } from './parked-job.type.ts';

@Resolver()
export class QueueQueries {
  @RequiresScopes('operations:read')
  @Query(() => [JobQueue], { nullable: true, description: 'operations:read. One a consumer of events.' })
  queues(): Promise<JobQueue[]> {
    return listQueues();
  }

  @RequiresScopes('operations:read')
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @Query(() => ParkedJobConnection, { nullable: true, description: 'operations:read. Of all consumers, newest first.' })
  parkedJobs(
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Page<ParkedJob>> {
    return listParkedJobs(first, after);
  }
}

async function listQueues(): Promise<JobQueue[]> {
  const queues = await processQueues();
  return Promise.all(
    allConsumers().map(async (consumer) => ({ consumer, ...(await queueDepth(queues.of(consumer))) })),
  );
}

async function listParkedJobs(
  first: number | null | undefined,
  after: string | null | undefined,
): Promise<Page<ParkedJob>> {
  const size = pageSize(first);
  const before = after ? cursorOf(after) : undefined;
  const queues = await processQueues();
  const found = await Promise.all(
    allConsumers().map(async (consumer) => {
      const queue = queues.of(consumer);
      const { failed = 0 } = await queue.getJobCounts('failed');
      const rows = failed > 0 ? await parkedJobs(queue, size + 1, before) : [];
      return { failed, rows: rows.map((row) => ({ ...row, consumer })) };
    }),
  );
  const rows = found
    .flatMap((each) => each.rows)
    .sort(byParkedAt)
    .slice(0, size + 1);
  return page(
    rows.map((row) => shownJob(row.consumer, row)),
    {
      first: size,
      after,
      totalCount: found.reduce((sum, { failed }) => sum + failed, 0),
      cursor: ({ parkedAt, id }) => encodeCursor([parkedAt.getTime(), id.slice(id.indexOf(':') + 1)]),
    },
  );
}

function cursorOf(after: string): { at: number; id: string } {
  const [at, id] = decodeCursor(after, 2);
  return { at: Number(at), id: String(id) };
}
