import { Arg, Directive, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { LIFE } from './cart.records.ts';
import { database } from './database.ts';
import { MAX_LINES, MAX_QUANTITY } from './rules/cart-lines.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class CartsFinding {
  @Field(() => String, { description: '`lines`, `hold`, `left-frozen` or `one-a-customer`.' })
  invariant!: string;

  @Field(() => String, { description: "The digest of a cart's id, or a customer." })
  subject!: string;

  @Field(() => String)
  detail!: string;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class CartOfOrder {
  @Field(() => ID)
  cartId!: string;

  @Field(() => String)
  status!: string;

  @Field(() => ID, { nullable: true })
  orderId?: string | null;
}

@Resolver()
export class AuditCarts {
  @Internal()
  @Query(() => [CartsFinding], {
    description: 'What breaks the invariants of the carts that shoppers changed in the window, at most 100.',
  })
  cartsAudit(
    @Arg('since', () => DateTimeScalar) since: Date,
    @Arg('until', () => DateTimeScalar) until: Date,
  ): Promise<CartsFinding[]> {
    return brokenCarts(since, until);
  }

  @Internal()
  @Query(() => [CartOfOrder])
  cartsOfOrders(@Arg('cartIds', () => [ID]) cartIds: string[]): Promise<CartOfOrder[]> {
    return ofOrders(cartIds);
  }
}

export const brokenCarts = (since: Date, until: Date): Promise<CartsFinding[]> => broken(since, until);

// Whoever knows a cart's id has the cart: told is the digest that `leftCarts` has too.
const REFERENCE = `left(encode(sha256(convert_to(id, 'UTF8')), 'hex'), 32)`;

/**
 * When a cart was changed last is when it expires, less its life: the index there serves. A cart may be frozen for as long
 * as somebody pays, so that those of two days ago are looked at for what was left so.
 */
const broken = database.statement<CartsFinding>(
  'carts.audit',
  `WITH c AS MATERIALIZED (
     SELECT *, ${REFERENCE} AS reference FROM cart WHERE expires_at >= $1::timestamptz + ${LIFE} AND expires_at < $2::timestamptz + ${LIFE}),
   line AS (
     SELECT reference, count(*) AS lines, count(DISTINCT l."variantId") AS variants, min(l.quantity) AS least, max(l.quantity) AS most
     FROM c CROSS JOIN jsonb_to_recordset(c.lines) AS l("variantId" text, quantity int) GROUP BY reference)
   SELECT 'lines' AS invariant, reference AS subject, format('%s lines of %s variants, %s to %s each', lines, variants, least, most) AS detail
   FROM line WHERE lines <> variants OR lines > ${MAX_LINES} OR least < 1 OR most > ${MAX_QUANTITY}
   UNION ALL SELECT 'hold', reference, format('%s, of %s, %s snapshot', status, coalesce(order_id, 'no order'), CASE WHEN snapshot IS NULL THEN 'without' ELSE 'with' END)
   FROM c WHERE status = 'OPEN' AND (order_id IS NOT NULL OR snapshot IS NOT NULL)
     OR status = 'FROZEN' AND (order_id IS NULL OR snapshot IS NULL)
   UNION ALL SELECT 'left-frozen', ${REFERENCE}, format('frozen for %s since %s', order_id, updated_at)
   FROM cart WHERE status = 'FROZEN' AND updated_at < now() - interval '1 day'
     AND expires_at >= $1::timestamptz + ${LIFE} - interval '2 days' AND expires_at < $2::timestamptz + ${LIFE} - interval '2 days'
   UNION ALL SELECT 'one-a-customer', customer_id, format('%s carts at a time', count(*))
   FROM cart WHERE status NOT IN ('CLOSED', 'CLAIMED') AND customer_id IN (SELECT customer_id FROM c) GROUP BY customer_id HAVING count(*) > 1
   LIMIT 100`,
  'values',
);

const ofOrders = database.statement<CartOfOrder>(
  'carts.of-orders',
  'SELECT id AS "cartId", status, order_id AS "orderId" FROM cart WHERE id = ANY($1::text[])',
  'values',
);
