import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '#platform/graphql/connection.type.ts';
import { MoneyType, shown } from '#platform/graphql/money.type.ts';
import { DateTimeScalar, DecimalScalar } from '#platform/graphql/scalars.ts';
import { UserError } from '#platform/graphql/user-error.type.ts';
import { money } from '#platform/money/money.ts';
import type { PromotionRecord } from './promotion.records.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'Gives one of percentOff, amountOff and freeShipping; with buyQuantity, percentOff some units.',
})
export class Promotion {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'In capitals; null for one that works by itself.' })
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

  @Field(() => Int, { nullable: true })
  getQuantity?: number | null;

  @Field(() => [ID], { description: 'With `categoryIds` the goods that it is for; both empty: all.' })
  productIds!: string[];

  @Field(() => [ID], { description: 'Goods of these categories and of those below them.' })
  categoryIds!: string[];

  @Field(() => MoneyType, { nullable: true })
  amountOff?: MoneyType | null;

  @Field(() => Boolean)
  freeShipping!: boolean;

  @Field(() => MoneyType, { nullable: true, description: 'Of the goods before any discount.' })
  minimumSubtotal?: MoneyType | null;

  @Field(() => Boolean, {
    description:
      'A cart has one promotion that does not combine, or all that do together: by priority, then given units, percentages and amounts, each of what is left.',
  })
  combines!: boolean;

  @Field(() => Boolean, { description: 'Used alone, before all that are not exclusive, whatever they take off.' })
  exclusive!: boolean;

  @Field(() => Int, { description: 'Those with more go first; default 0.' })
  priority!: number;

  @Field(() => Int, { nullable: true })
  usageLimit?: number | null;

  @Field(() => Int, { nullable: true })
  usageLimitPerCustomer?: number | null;

  @Field(() => Int, { description: 'How many orders hold it; a cancelled one gives it back.' })
  timesUsed!: number;

  @Field(() => DateTimeScalar, { nullable: true })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  endsAt?: Date | null;
}

@ObjectType({ simpleResolvers: true })
export class PromotionConnection extends connectionOf('Promotion', () => Promotion).Connection {}

export enum PromotionErrorCode {
  CODE_TAKEN = 'CODE_TAKEN',
  CODE_INVALID = 'CODE_INVALID',
  AMOUNT_INVALID = 'AMOUNT_INVALID',
  PERIOD_INVALID = 'PERIOD_INVALID',
  LIMIT_INVALID = 'LIMIT_INVALID',
  TITLE_INVALID = 'TITLE_INVALID',
  GOODS_INVALID = 'GOODS_INVALID',
  STACKING_INVALID = 'STACKING_INVALID',
  PROMOTION_NOT_FOUND = 'PROMOTION_NOT_FOUND',
}
registerEnumType(PromotionErrorCode, { name: 'PromotionErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class PromotionError extends UserError {
  @Field(() => PromotionErrorCode)
  code!: PromotionErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class PromotionPayload {
  @Field(() => Promotion, { nullable: true })
  promotion?: Promotion | null;

  @Field(() => [PromotionError])
  userErrors!: PromotionError[];
}

export function toPromotion(record: PromotionRecord): Promotion {
  const amount = (minor: bigint | null) => (minor === null ? null : shown(money(minor, record.currency)));
  return {
    id: record.id,
    code: record.code,
    title: record.title,
    percentOff: record.percent_off === null ? null : (record.percent_off / 100).toString(),
    amountOff: amount(record.amount_off),
    buyQuantity: record.buy_quantity,
    getQuantity: record.get_quantity,
    productIds: record.product_ids,
    categoryIds: record.category_ids,
    freeShipping: record.free_shipping,
    minimumSubtotal: amount(record.minimum_subtotal),
    combines: record.combines,
    exclusive: record.exclusive,
    priority: record.priority,
    usageLimit: record.usage_limit,
    usageLimitPerCustomer: record.usage_limit_per_customer,
    timesUsed: record.times_used,
    startsAt: record.starts_at,
    endsAt: record.ends_at,
  };
}
