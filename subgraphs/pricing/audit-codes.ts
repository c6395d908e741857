import { Arg, Directive, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { database } from './database.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class PricingFinding {
  @Field(() => String)
  invariant!: string;

  @Field(() => String)
  subject!: string;

  @Field(() => String)
  detail!: string;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class HeldCodes {
  @Field(() => ID)
  orderId!: string;

  @Field(() => [String])
  codes!: string[];
}

@Resolver()
export class AuditCodes {
  @Internal()
  @Query(() => [PricingFinding], {
    description: 'What breaks the invariants of promotions whose codes moved in the window, at most 100.',
  })
  pricingAudit(
    @Arg('since', () => DateTimeScalar) since: Date,
    @Arg('until', () => DateTimeScalar) until: Date,
  ): Promise<PricingFinding[]> {
    return brokenPromotions(since, until);
  }

  @Internal()
  @Query(() => [HeldCodes], { description: 'One that holds none is missing.' })
  async codesHeld(@Arg('orderIds', () => [ID]) orderIds: string[]): Promise<HeldCodes[]> {
    return held(orderIds);
  }
}

export const brokenPromotions = (since: Date, until: Date): Promise<PricingFinding[]> => broken(since, until);

const broken = database.statement<PricingFinding>(
  'pricing.audit',
  `WITH recent AS MATERIALIZED (SELECT * FROM redemption WHERE at >= $1 AND at < $2),
   moved AS (SELECT DISTINCT promotion_id AS id FROM recent),
   customer AS (
     SELECT promotion_id, email, (SELECT count(*) FROM redemption r WHERE r.promotion_id = recent.promotion_id AND r.email = recent.email) AS times
     FROM recent GROUP BY promotion_id, email
     UNION ALL SELECT promotion_id, customer_id, (
       SELECT count(*) FROM redemption r WHERE r.promotion_id = recent.promotion_id AND r.customer_id = recent.customer_id)
     FROM recent WHERE customer_id IS NOT NULL GROUP BY promotion_id, customer_id)
   SELECT 'times-used' AS invariant, p.id AS subject,
     format('counted %s times, held by %s orders, limit %s', p.times_used, h.orders, coalesce(p.usage_limit::text, 'none')) AS detail
   FROM moved JOIN promotion p USING (id), LATERAL (SELECT count(*) AS orders FROM redemption r WHERE r.promotion_id = p.id) h
   WHERE p.times_used <> h.orders OR p.times_used > p.usage_limit
   UNION ALL SELECT 'times-per-customer', p.id, format('used %s times by one customer, limit %s', max(times), p.usage_limit_per_customer)
   FROM customer JOIN promotion p ON p.id = customer.promotion_id WHERE times > p.usage_limit_per_customer GROUP BY p.id
   ORDER BY subject LIMIT 100`,
  'values',
);

const held = database.statement<HeldCodes>(
  'pricing.codes-held',
  `SELECT r.order_id AS "orderId", array_agg(p.code) AS codes FROM redemption r JOIN promotion p ON p.id = r.promotion_id
   WHERE r.order_id = ANY($1::text[]) GROUP BY r.order_id`,
  'values',
);
