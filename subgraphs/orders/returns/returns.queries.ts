import { Arg, Directive, Field, ID, InputType, Int, Query, Resolver } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { decodeCursor, encodeCursor, page, pageSize } from '#platform/graphql/connection.type.ts';
import { database } from '../database.ts';
import { ReturnConnection, ReturnStatusEnum } from '../order.type.ts';
import type { ReturnStatus } from '../rules/return-lifecycle.ts';
import { shownReturns } from './return.records.ts';

@InputType()
class ReturnFilter {
  @Field(() => [ReturnStatusEnum], { nullable: true })
  status?: ReturnStatus[] | null;

  @Field(() => ID, { nullable: true })
  orderId?: string | null;
}

@Resolver()
export class ReturnQueries {
  @RequiresScopes('orders:read')
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @Query(() => ReturnConnection, { nullable: true, description: 'Newest first. orders:read' })
  async returns(
    @Arg('filter', () => ReturnFilter, { nullable: true }) filter?: ReturnFilter | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ) {
    const size = pageSize(first);
    const wanted = [filter?.status ?? null, filter?.orderId ?? null];
    const [rows, [count]] = await Promise.all([
      newest(...wanted, ...(after ? placeInList(after) : [null, null]), size + 1),
      total(...wanted),
    ]);
    return page(await shownReturns(rows.map(({ id }) => id)), {
      ...{ first: size, after, totalCount: count?.total ?? 0 },
      cursor: ({ requestedAt, id }) => encodeCursor([requestedAt.toISOString(), id]),
    });
  }
}

function placeInList(after: string): [string, string] {
  const [requestedAt, id] = decodeCursor(after, 2);
  if (typeof requestedAt !== 'string' || typeof id !== 'string' || Number.isNaN(Date.parse(requestedAt)))
    throw new Denied('BAD_USER_INPUT', 'after is no cursor of this list; pass an endCursor that this list gave.');
  return [new Date(requestedAt).toISOString(), id];
}

const MATCHES = '($1::text[] IS NULL OR status = ANY($1)) AND ($2::text IS NULL OR order_id = $2)';

const newest = database.statement<{ id: string }>(
  'orders.newest-returns',
  `SELECT id FROM order_return WHERE ${MATCHES} AND ($3::timestamptz IS NULL OR (requested_at, id) < ($3, $4::text))
   ORDER BY requested_at DESC, id DESC LIMIT $5`,
  'values',
);

const total = database.statement<{ total: number }>(
  'orders.total-returns',
  `SELECT count(*)::int AS total FROM order_return WHERE ${MATCHES}`,
  'values',
);
