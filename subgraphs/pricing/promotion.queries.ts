import { Arg, Ctx, Directive, Int, Query, Resolver } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { decodeCursor, encodeCursor, page, pageSize } from '#platform/graphql/connection.type.ts';
import type { Context } from '#platform/graphql/context.ts';
import { database } from './database.ts';
import { PROMOTION_COLUMNS, type PromotionRecord } from './promotion.records.ts';
import { type Promotion, PromotionConnection, toPromotion } from './promotion.type.ts';

const list = database.statement<PromotionRecord & { total: number }>(
  'pricing.list-promotions',
  `SELECT ${PROMOTION_COLUMNS}, (SELECT count(*)::int FROM promotion) AS total FROM promotion
   WHERE $1::timestamptz IS NULL OR (created_at, id) < ($1, $2::text) ORDER BY created_at DESC, id DESC LIMIT $3::int`,
);

@Resolver()
export class PromotionQueries {
  @RequiresScopes('promotions:write')
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @Query(() => PromotionConnection, {
    nullable: true,
    description: 'The newest first, ended ones too. promotions:write',
  })
  async promotions(
    @Ctx() _context: Context,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ) {
    const size = pageSize(first);
    const [at, id] = after == null ? [null, null] : keyset(after);
    const rows = await list(at, id, size + 1);
    const cursors = new Map<Promotion, string>();
    const promotions = rows.map((row) => {
      const promotion = toPromotion(row);
      cursors.set(promotion, encodeCursor([row.created_at.toISOString(), row.id]));
      return promotion;
    });
    return page(promotions, {
      ...{ first: size, after, totalCount: rows[0]?.total ?? 0 },
      cursor: (promotion) => cursors.get(promotion)!,
    });
  }
}

function keyset(after: string): [string, string] {
  const [at, id] = decodeCursor(after, 2);
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at)) && !id.includes('\0'))
    return [at, id];
  throw new Denied('BAD_USER_INPUT', 'after is no cursor of this list; pass an endCursor that this list gave.');
}
