import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { MoneyInput } from '#platform/graphql/money.type.ts';
import { DateTimeScalar, DecimalScalar } from '#platform/graphql/scalars.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { SHOP } from './contracts/shop.ts';
import { database } from './database.ts';
import { automaticPromotions, PROMOTION_COLUMNS, type PromotionRecord } from './promotion.records.ts';
import { PromotionPayload, toPromotion } from './promotion.type.ts';
import { newPromotion } from './rules/new-promotion.ts';

@InputType({
  description: 'Exactly one of percentOff, amountOff and freeShipping; with buyQuantity, percentOff is 100 by default.',
})
export class PromotionInput {
  @Field(() => String, {
    nullable: true,
    description: 'What shoppers type, in any case; without one it works by itself.',
  })
  code?: string | null;

  @Field(() => String)
  title!: string;

  @Field(() => DecimalScalar, { nullable: true, description: 'A percentage, e.g. `12.5`.' })
  percentOff?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of each `buyQuantity + getQuantity` units the cheapest `getQuantity` cost `percentOff` less.',
  })
  buyQuantity?: number | null;

  @Field(() => Int, { nullable: true, description: 'Default 1 where buyQuantity is given.' })
  getQuantity?: number | null;

  @Field(() => [ID], { nullable: true, description: 'With categoryIds the goods that it is for; none: all.' })
  productIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Goods of these categories and of those below them.' })
  categoryIds?: string[] | null;

  @Field(() => MoneyInput, { nullable: true })
  amountOff?: MoneyInput | null;

  @Field(() => Boolean, { nullable: true })
  freeShipping?: boolean | null;

  @Field(() => MoneyInput, { nullable: true, description: 'Of the goods before any discount.' })
  minimumSubtotal?: MoneyInput | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it goes together with others that do; default false.' })
  combines?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is used alone, before all that are not exclusive, whatever they take off; default false.',
  })
  exclusive?: boolean | null;

  @Field(() => Int, { nullable: true, description: '−1000 to 1000; those with more go first; default 0.' })
  priority?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many orders may hold it.' })
  usageLimit?: number | null;

  @Field(() => Int, { nullable: true })
  usageLimitPerCustomer?: number | null;

  @Field(() => DateTimeScalar, { nullable: true })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  endsAt?: Date | null;
}

@Resolver()
export class CreatePromotion {
  @RequiresScopes('promotions:write')
  @Mutation(() => PromotionPayload, { description: 'promotions:write' })
  promotionCreate(@Arg('input', () => PromotionInput) input: PromotionInput, @Ctx() _context: Context) {
    return payload(() => createPromotion(input));
  }
}

const insert = database.statement<PromotionRecord>(
  'pricing.create-promotion',
  `INSERT INTO promotion (id, code, title, percent_off, amount_off, free_shipping, currency, minimum_subtotal, combines, usage_limit,
     usage_limit_per_customer, starts_at, ends_at, buy_quantity, get_quantity, product_ids, category_ids, exclusive, priority)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) ON CONFLICT (code) DO NOTHING RETURNING ${PROMOTION_COLUMNS}`,
);

export async function createPromotion(input: PromotionInput) {
  const made = newPromotion(input, SHOP.currency);
  const [record] = await insert(
    ...[newId('promo'), made.code, made.title, made.percentOff, made.amountOff, made.freeShipping, SHOP.currency],
    ...[made.minimumSubtotal, made.combines, made.usageLimit, made.usageLimitPerCustomer, made.startsAt, made.endsAt],
    ...[made.buyQuantity, made.getQuantity, made.productIds, made.categoryIds, made.exclusive, made.priority],
  );
  if (!record) {
    throw new Refusal('CODE_TAKEN', `There is a promotion with the code ${made.code} already. Choose another.`, {
      path: ['input', 'code'],
    });
  }
  automaticPromotions.forget();
  return { promotion: toPromotion(record) };
}
