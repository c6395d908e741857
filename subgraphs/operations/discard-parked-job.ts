import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { producerOf } from '#platform/outbox/event.ts';
import { eventsHandled } from '#platform/outbox/reports.ts';
import { discardParked } from '#platform/queue/parked-jobs.ts';
import { eventsOf, findParked, notParked, shownJob } from './parked-job.records.ts';
import { ParkedJobPayload } from './parked-job.type.ts';
import { noteDeed } from './staff-deed.ts';

@InputType()
export class ParkedJobDiscardInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Why nobody needs it any more, 1 to 1,000 characters; kept with who said so.' })
  note!: string;
}

@Resolver()
export class DiscardParkedJob {
  @RequiresScopes('operations:write')
  @Mutation(() => ParkedJobPayload, { description: 'operations:write. Its event is never handled by this consumer.' })
  parkedJobDiscard(
    @Arg('input', () => ParkedJobDiscardInput) input: ParkedJobDiscardInput,
    @Ctx() context: Context,
  ): Promise<ParkedJobPayload> {
    return payload(() => discardParkedJob(context, input));
  }
}

async function discardParkedJob(context: Context, { id, note }: ParkedJobDiscardInput) {
  const why = note.trim();
  if (why.length < 1 || why.length > 1_000 || why.includes('\0')) {
    throw new Refusal('NOTE_INVALID', 'Say in 1 to 1,000 characters why nobody needs this job any more.', {
      path: ['input', 'note'],
    });
  }
  const { queue, consumer, row } = await findParked(id);
  await noteDeed(context, 'parked-job-discard', id, why);
  // The outbox rows first: a row that stays would bring the job back.
  const ids = eventsOf(row.payload).map((event) => event.id);
  if (ids.length > 0) await context.ask(eventsHandled(producerOf(row.topic)), { ids });
  if (!(await discardParked(queue, row.id))) throw notParked();
  return { job: shownJob(consumer, row) };
}
