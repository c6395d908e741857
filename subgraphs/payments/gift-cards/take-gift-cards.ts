import { Arg, Directive, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { CurrencyCodeScalar } from '#platform/graphql/scalars.ts';
import type { GiftCardsTakeInput as Taking } from '../contracts/gift-cards.ts';
import { database } from '../database.ts';
import { makeCards, tellCards } from './sold-cards.ts';

@Directive('@inaccessible')
@InputType()
class GiftCardLineInput {
  @Field(() => ID)
  lineId!: string;

  @Field(() => Int)
  quantity!: number;

  @Field(() => String)
  unitMinor!: string;

  @Field(() => Int)
  take!: number;
}

@Directive('@inaccessible')
@InputType()
class GiftCardsTakeInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => ID)
  takeId!: string;

  @Field(() => CurrencyCodeScalar)
  currency!: string;

  @Field(() => [GiftCardLineInput])
  lines!: GiftCardLineInput[];

  @Field(() => String)
  expectedMinor!: string;

  @Field(() => Boolean)
  untouched!: boolean;
}

@Directive('@inaccessible')
@InputType()
class GiftCardsReturnInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => ID)
  takeId!: string;

  @Field(() => String)
  number!: string;

  @Field(() => String)
  email!: string;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
class GiftCardsTakePayload {
  @Field(() => Boolean)
  taken!: boolean;

  @Field(() => String)
  leftMinor!: string;
}

@Resolver()
export class TakeGiftCards {
  @Internal()
  @Mutation(() => GiftCardsTakePayload, {
    description: 'Takes back cards that an order bought, all or none. Idempotent by `takeId`.',
  })
  giftCardsTake(@Arg('input', () => GiftCardsTakeInput) input: GiftCardsTakeInput): Promise<GiftCardsTakePayload> {
    return takeGiftCards(input);
  }

  @Internal()
  @Mutation(() => Boolean, { description: 'The undo of giftCardsTake.' })
  giftCardsReturn(@Arg('input', () => GiftCardsReturnInput) input: GiftCardsReturnInput): Promise<boolean> {
    return returnGiftCards(input);
  }
}

interface Card {
  id: string;
  line_id: string;
  /** Minor units as text. */
  amount: string;
  balance: string;
  taken: string;
  taken_for: string | null;
}

/**
 * What is on the cards goes with them. Those that are not issued yet are made here, taken back from the start, so that
 * the news of their purchase, which may still be under way, finds nothing to issue.
 */
export const takeGiftCards = (input: Taking): Promise<{ taken: boolean; leftMinor: string }> =>
  database.transaction(async (client) => {
    await makeCards(client, input);
    const { rows: cards } = await client.query<Card>(
      'SELECT id, line_id, amount, balance, taken, taken_for FROM gift_card WHERE order_id = $1 ORDER BY id COLLATE "C" FOR UPDATE',
      [input.orderId],
    );
    if (cards.some((card) => card.taken_for === input.takeId)) return { taken: true, leftMinor: input.expectedMinor };
    const chosen = input.lines.flatMap(({ lineId, take }) =>
      cards
        .filter((card) => card.line_id === lineId && card.taken_for === null)
        .sort((a, b) => Number(BigInt(b.balance) - BigInt(a.balance)))
        .slice(0, take),
    );
    const left = chosen.reduce((sum, { balance }) => sum + BigInt(balance), 0n);
    const isSpent = ({ amount, balance, taken }: Card) => BigInt(amount) > BigInt(balance) + BigInt(taken);
    const asked = input.lines.reduce((sum, { take }) => sum + take, 0);
    if (chosen.length < asked || left !== BigInt(input.expectedMinor) || (input.untouched && cards.some(isSpent)))
      return { taken: false, leftMinor: left.toString() };
    await client.query(
      'UPDATE gift_card SET taken = balance, balance = 0, taken_for = $2 WHERE id = ANY($1::text[]) AND taken_for IS NULL',
      [chosen.map(({ id }) => id), input.takeId],
    );
    return { taken: true, leftMinor: left.toString() };
  });

/** Worth again what they were. What could not be announced while they were taken back is announced now. */
export const returnGiftCards = (input: {
  orderId: string;
  takeId: string;
  number: string;
  email: string;
}): Promise<boolean> =>
  database.transaction(async (client) => {
    await client.query(
      'UPDATE gift_card SET balance = balance + taken, taken = 0, taken_for = NULL WHERE order_id = $1 AND taken_for = $2',
      [input.orderId, input.takeId],
    );
    const paid = await client.query('SELECT FROM payment WHERE order_id = $1 AND captured > 0 AND NOT voided LIMIT 1', [
      input.orderId,
    ]);
    if (paid.rowCount !== 0) await tellCards(client, input);
    return true;
  });
