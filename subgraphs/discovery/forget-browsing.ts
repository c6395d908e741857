import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { every } from '#platform/schedule/every.ts';
import { BrowsingForgetPayload } from './browsing.type.ts';
import { discoveryConfig } from './config.ts';
import { database } from './database.ts';
import { flushBrowsing } from './record-browsing.ts';
import { visitorOf, visitorsOf } from './visitor.ts';

const SWEEP_EVERY_MS = 3_600_000;
const BATCH = 10_000;

@InputType()
export class BrowsingForgetInput {
  @Field(() => String, { nullable: true, description: "A guest's own key; of who is signed in, both are forgotten." })
  visitor?: string | null;
}

@Resolver()
export class ForgetBrowsing {
  @Mutation(() => BrowsingForgetPayload, {
    description: 'Forgets what somebody looked at and searched for, at once and for good.',
  })
  browsingForget(@Arg('input', () => BrowsingForgetInput) input: BrowsingForgetInput, @Ctx() context: Context) {
    return payload(() => forgetBrowsing(context, input));
  }
}

async function forgetBrowsing(context: Context, { visitor: key }: BrowsingForgetInput) {
  const customerId = context.viewer?.customerId ?? null;
  visitorOf(customerId, key);
  // What this process holds still is written first, so that it does not come back afterwards.
  await flushBrowsing();
  await forget(visitorsOf(customerId, key));
  return { forgotten: true };
}

const forget = database.statement(
  'discovery.forget',
  `WITH s AS (DELETE FROM product_search WHERE visitor = ANY($1::text[]))
   DELETE FROM product_view WHERE visitor = ANY($1::text[])`,
);

/** Nothing is kept longer than DISCOVERY_KEEP_DAYS. */
export const startSweep = () =>
  every(SWEEP_EVERY_MS, 'discovery sweep', async () => {
    const batches = await Promise.all([sweepViews(discoveryConfig.keepDays), sweepSearches(discoveryConfig.keepDays)]);
    return batches.some((gone) => gone.length === BATCH);
  });

const sweep = (table: string) =>
  database.statement<{ gone: number }>(
    `discovery.sweep-${table}`,
    `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
       SELECT ctid FROM ${table} WHERE at < now() - make_interval(days => $1) LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))
     RETURNING 1 AS gone`,
  );
export const sweepViews = sweep('product_view');
const sweepSearches = sweep('product_search');
