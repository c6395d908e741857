import { Arg, Directive, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { database } from '../database.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
class GiftCardsOfLine {
  @Field(() => ID)
  orderId!: string;

  @Field(() => ID)
  lineId!: string;

  @Field(() => Int)
  units!: number;
}

/** What orders bought, for their refunds and for the auditor. */
@Resolver()
export class SoldGiftCards {
  @Internal()
  @Query(() => String, {
    description: 'What the cards that an order bought were worth, less what was taken back; minor units.',
  })
  async giftCardsOwed(@Arg('orderId', () => ID) orderId: string): Promise<string> {
    return (await owed(orderId))[0]!.minor;
  }

  @Internal()
  @Query(() => [GiftCardsOfLine], { description: 'How many cards of each line stand.' })
  giftCardsSold(@Arg('orderIds', () => [ID]) orderIds: string[]): Promise<GiftCardsOfLine[]> {
    return ofOrders(orderIds);
  }

  @Internal()
  @Query(() => [GiftCardsOfLine], { description: 'Of the cards that were made in the window.' })
  giftCardsMade(
    @Arg('since', () => DateTimeScalar) since: Date,
    @Arg('until', () => DateTimeScalar) until: Date,
  ): Promise<GiftCardsOfLine[]> {
    return made(since, until);
  }
}

const LINE = `SELECT order_id AS "orderId", line_id AS "lineId", count(*)::int AS units FROM gift_card`;

const owed = database.statement<{ minor: string }>(
  'payments.gift-cards-owed',
  'SELECT coalesce(sum(amount - taken), 0)::text AS minor FROM gift_card WHERE order_id = $1',
  'values',
);

const ofOrders = database.statement<GiftCardsOfLine>(
  'payments.gift-cards-sold',
  `${LINE} WHERE order_id = ANY($1::text[]) AND told AND taken_for IS NULL GROUP BY 1, 2`,
  'values',
);

const made = database.statement<GiftCardsOfLine>(
  'payments.gift-cards-made',
  `${LINE} WHERE created_at >= $1 AND created_at < $2 AND order_id IS NOT NULL AND told GROUP BY 1, 2 ORDER BY 1, 2 LIMIT 500`,
  'values',
);
