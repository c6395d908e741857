import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { CurrencyCodeScalar } from '#platform/graphql/scalars.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { type CartRecord, cartOfCustomer, changeCart, closed, insertCart, retireExpired } from './cart.records.ts';
import { CartPayload } from './cart.type.ts';
import { answered, type Changed } from './cart-payload.ts';
import { checkStock, newLines, promisable, quantityPaths } from './new-lines.ts';
import { addLines, type CartLineRecord } from './rules/cart-lines.ts';
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
  if (currency && currency !== SHOP.currency) {
    throw new Refusal('CURRENCY_UNSUPPORTED', `This shop sells in ${SHOP.currency}.`, { path: ['input', 'currency'] });
  }
  const email = given ? checkedEmail(given) : null;
  const ids = (wanted ?? []).map(({ variantId }) => variantId);
  const [added, stock] = await Promise.all([newLines(context, wanted ?? []), promisable(context, ids)]);
  const fill = (lines: readonly CartLineRecord[]): CartLineRecord[] => {
    const filled = addLines(lines, added);
    checkStock(filled, stock, ids, quantityPaths(ids.length));
    return filled;
  };
  const { viewer } = context;
  const lines = fill([]);
  for (let tries = 0; tries < TRIES; tries++) {
    const made = await insertCart(viewer?.customerId ?? null, SHOP.currency, email, lines);
    if (made) return { cart: made };
    const mine = await cartOfCustomer(viewer!.customerId);
    if (mine) {
      const change = (now: CartRecord) => ({ lines: fill(now.lines), email: email ?? now.email });
      return { cart: await changeCart(viewer, mine, null, change) };
    }
    await retireExpired(viewer!.customerId);
  }
  throw closed({ status: 'FROZEN' });
}

/** The customer's cart may be ordered, or expire, between two statements. */
const TRIES = 3;
