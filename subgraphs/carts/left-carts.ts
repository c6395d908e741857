import { createHash } from 'node:crypto';
import { Arg, Directive, Field, Float, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { decodeCursor, encodeCursor } from '#platform/graphql/connection.type.ts';
import { LIFE } from './cart.records.ts';
import { database } from './database.ts';
import type { CartLineRecord } from './rules/cart-lines.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class LeftCartLine {
  @Field(() => String)
  title!: string;

  @Field(() => Int)
  quantity!: number;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class LeftCart {
  @Field(() => String)
  reference!: string;

  @Field(() => String, { nullable: true })
  email?: string | null;

  @Field(() => ID, { nullable: true })
  customerId?: string | null;

  @Field(() => [LeftCartLine])
  lines!: LeftCartLine[];

  @Field(() => String)
  cursor!: string;
}

@Resolver()
export class LeftCartQueries {
  @Internal()
  @Query(() => [LeftCart], { description: 'Carts that were filled and left, and after which nothing was ordered.' })
  async leftCarts(
    @Arg('sinceHours', () => Float) sinceHours: number,
    @Arg('untilHours', () => Float) untilHours: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<LeftCart[]> {
    const [at, id] = after ? decodeCursor(after, 2) : [new Date(0).toISOString(), ''];
    const rows = await find(sinceHours, untilHours, at, id);
    return rows.map((row) => ({
      // Whoever has the id has the cart.
      reference: createHash('sha256').update(row.id).digest('hex').slice(0, 32),
      email: row.email,
      customerId: row.customer_id,
      lines: row.lines.map(({ title, quantity }) => ({ title, quantity })),
      cursor: encodeCursor([row.expires_at.toISOString(), row.id]),
    }));
  }
}

const MOST = 200;

interface Row {
  id: string;
  email: string | null;
  customer_id: string | null;
  lines: CartLineRecord[];
  expires_at: Date;
}

/** When a cart was changed last is when it expires, less its life: so the index there is serves, and no write pays for another. */
const find = database.statement<Row>(
  'carts.left',
  `WITH age AS (
     SELECT now() + ${LIFE} - make_interval(secs => $1::float8 * 3600) AS oldest, now() + ${LIFE} - make_interval(secs => $2::float8 * 3600) AS newest),
   recent AS MATERIALIZED (
     SELECT cart.* FROM cart CROSS JOIN age WHERE expires_at >= age.oldest)
   SELECT c.id, c.email, c.customer_id, c.lines, c.expires_at FROM recent c CROSS JOIN age
   WHERE c.status = 'OPEN' AND c.expires_at <= age.newest AND (c.expires_at, c.id) > ($3::timestamptz, $4)
     AND jsonb_array_length(c.lines) > 0 AND (c.email IS NOT NULL OR c.customer_id IS NOT NULL)
     AND NOT EXISTS (
       SELECT FROM recent o WHERE o.status IN ('CLOSED', 'FROZEN') AND o.order_id IS NOT NULL AND o.updated_at > c.updated_at
         AND (lower(o.email) = lower(c.email) OR o.customer_id = c.customer_id))
   ORDER BY c.expires_at, c.id LIMIT ${MOST}`,
  'values',
);
