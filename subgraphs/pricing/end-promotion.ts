import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { database } from './database.ts';
import { automaticPromotions, PROMOTION_COLUMNS, type PromotionRecord } from './promotion.records.ts';
import { PromotionPayload, toPromotion } from './promotion.type.ts';

@Resolver()
export class EndPromotion {
  @RequiresScopes('promotions:write')
  @Mutation(() => PromotionPayload, {
    description:
      'No cart gets it from now on; orders that hold it keep it. Ending it twice is harmless. promotions:write',
  })
  promotionEnd(@Arg('id', () => ID) id: string, @Ctx() _context: Context) {
    return payload(() => endPromotion(id));
  }
}

const end = database.statement<PromotionRecord>(
  'pricing.end-promotion',
  `UPDATE promotion SET ends_at = least(ends_at, now()), starts_at = CASE WHEN starts_at >= now() THEN NULL ELSE starts_at END
   WHERE id = $1 RETURNING ${PROMOTION_COLUMNS}`,
);

async function endPromotion(id: string) {
  const [record] = id.includes('\0') ? [] : await end(id);
  if (!record) throw new Refusal('PROMOTION_NOT_FOUND', 'There is no such promotion.', { path: ['id'] });
  automaticPromotions.forget();
  return { promotion: toPromotion(record) };
}
