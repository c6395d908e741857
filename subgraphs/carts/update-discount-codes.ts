import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { changeCart, existing } from './cart.records.ts';
import { CartPayload } from './cart.type.ts';
import { answered, type Changed } from './cart-payload.ts';
import { storable } from './rules/storable.ts';

@InputType({ description: 'The codes that the cart has from now on; an empty list removes all.' })
export class CartDiscountCodesUpdateInput {
  @Field(() => ID)
  cartId!: string;

  @Field(() => [String])
  codes!: string[];

  @Field(() => Int, { nullable: true })
  expectedVersion?: number | null;
}

const MOST_CODES = 5;
const MOST_LENGTH = 40;

@Resolver()
export class UpdateDiscountCodes {
  @Mutation(() => CartPayload, {
    description: 'A code that is of no use is kept and says why in `Cart.discountCodes`; it must go before the order.',
  })
  cartDiscountCodesUpdate(
    @Arg('input', () => CartDiscountCodesUpdateInput) input: CartDiscountCodesUpdateInput,
    @Ctx() context: Context,
  ): Promise<CartPayload> {
    return answered(() => updateDiscountCodes(context, input));
  }
}

async function updateDiscountCodes(
  context: Context,
  { cartId, codes: given, expectedVersion }: CartDiscountCodesUpdateInput,
): Promise<Changed> {
  const refused = (code: string, message: string, place: string[] = []) =>
    new Refusal(code, message, { path: ['input', 'codes', ...place] });
  if (given.length > 4 * MOST_CODES) throw refused('TOO_LONG', `A cart takes ${MOST_CODES} codes at most.`);
  const typed = given.map((code, i) => {
    const kept = storable(code).trim().toUpperCase();
    if (kept.length > MOST_LENGTH)
      throw refused('TOO_LONG', `A code has ${MOST_LENGTH} characters at most.`, [String(i)]);
    return kept;
  });
  const codes = [...new Set(typed.filter(Boolean))];
  if (codes.length > MOST_CODES) throw refused('TOO_LONG', `A cart takes ${MOST_CODES} codes at most.`);
  const there = await existing(context.viewer, cartId);
  return { cart: await changeCart(context.viewer, there, expectedVersion, () => ({ discount_codes: codes })) };
}
