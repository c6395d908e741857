import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { CurrencyCodeScalar } from '#platform/graphql/scalars.ts';
import { cartOfCustomer, changeCart, closed, insertCart } from './cart.records.ts';
import { CartPayload } from './cart.type.ts';
import { answered, type Changed } from './cart-payload.ts';
import { CURRENCY } from './cart-prices.ts';
import { checkStock, newLines, promisable, quantityPaths } from './new-lines.ts';
import { addLines } from './rules/cart-lines.ts';
import { checkedEmail } from './rules/contact.ts';

@InputType({ description: 'At most 999 of a variant, 250 lines a cart.' })
export class CartLineInput {
  @Field(() => ID)
  variantId!: string;

  @Field(() => Int, { defaultValue: 1 })
  quantity!: number;
}

@InputType()
export class CartCreateInput {
  @Field(() => [CartLineInput], { nullable: true })
  lines?: CartLineInput[] | null;

  @Field(() => CurrencyCodeScalar, { nullable: true })
  currency?: string | null;

  @Field(() => String, { nullable: true })
  email?: string | null;
}

@Resolver()
export class CreateCart {
  @Mutation(() => CartPayload)
  cartCreate(
    @Ctx() context: Context,
    @Arg('input', () => CartCreateInput, { nullable: true }) input?: CartCreateInput | null,
  ): Promise<CartPayload> {
    return answered(() => createCart(context, input ?? {}));
  }
}

/** A signed-in customer has one cart at a time: what is asked for goes into that. */
export async function createCart(
  context: Context,
  { lines: wanted, currency, email: given }: Partial<CartCreateInput>,
): Promise<Changed> {
  if (currency && currency !== CURRENCY) {
    throw new Refusal('CURRENCY_UNSUPPORTED', `This shop sells in ${CURRENCY}.`, { path: ['input', 'currency'] });
  }
  const email = given ? checkedEmail(given) : null;
  const added = await newLines(context, wanted ?? []);
  const ids = added.map(({ variantId }) => variantId);
  const stock = await promisable(context, ids);
  const lines = addLines([], added);
  checkStock(lines, stock, ids, quantityPaths(ids.length));
  const customerId = context.viewer?.customerId ?? null;
  const cart = await insertCart(customerId, CURRENCY, email, lines);
  if (cart) return { cart };
  const mine = await cartOfCustomer(customerId!);
  if (!mine) throw closed();
  return {
    cart: await changeCart(context.viewer, mine.id, null, (there) => {
      const merged = addLines(there.lines, added);
      checkStock(merged, stock, ids, quantityPaths(ids.length));
      return { lines: merged, email: email ?? there.email };
    }),
  };
}
