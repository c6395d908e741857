import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { parkedJobs, retryParked } from '#platform/queue/parked-jobs.ts';
import { findParked, notParked, queueOf, shownJob } from './parked-job.records.ts';
import { ParkedJobPayload, ParkedJobsPayload } from './parked-job.type.ts';
import { noteDeed } from './staff-deed.ts';

@InputType()
export class ParkedJobRetryInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class ParkedJobsRetryInput {
  @Field(() => String)
  consumer!: string;
}

@Resolver()
export class RetryParkedJobs {
  @RequiresScopes('operations:write')
  @Mutation(() => ParkedJobPayload, { description: 'operations:write. The job gets all its tries again.' })
  parkedJobRetry(
    @Arg('input', () => ParkedJobRetryInput) input: ParkedJobRetryInput,
    @Ctx() context: Context,
  ): Promise<ParkedJobPayload> {
    return payload(() => retryParkedJob(context, input));
  }

  @RequiresScopes('operations:write')
  @Mutation(() => ParkedJobsPayload, {
    description: 'operations:write. All parked jobs of a consumer, 1,000 at most: say it again for more.',
  })
  parkedJobsRetry(
    @Arg('input', () => ParkedJobsRetryInput) input: ParkedJobsRetryInput,
    @Ctx() context: Context,
  ): Promise<ParkedJobsPayload> {
    return payload(() => retryParkedJobs(context, input));
  }
}

async function retryParkedJob(context: Context, { id }: ParkedJobRetryInput) {
  const { queue, consumer, row } = await findParked(id);
  await noteDeed(context, 'parked-job-retry', id);
  if (!(await retryParked(queue, row.id))) throw notParked();
  return { job: shownJob(consumer, row) };
}

const MOST_RETRIED = 1_000;

async function retryParkedJobs(context: Context, { consumer }: ParkedJobsRetryInput) {
  const queue = await queueOf(consumer);
  const rows = await parkedJobs(queue, MOST_RETRIED);
  await noteDeed(context, 'parked-jobs-retry', consumer, `${rows.length} jobs`);
  let retried = 0;
  for (const { id } of rows) if (await retryParked(queue, id)) retried++;
  return { retried };
}
