import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { CurrencyCodeScalar } from '#platform/graphql/scalars.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import {
  type CartRecord,
  cartOfCustomer,
  changeCart,
  changed,
  closed,
  insertCart,
  retireExpired,
} from './cart.records.ts';
import { CartPayload } from './cart.type.ts';
import { answered, type Changed } from './cart-payload.ts';
import { linesIn, requireSold } from './currency-of-cart.ts';
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
  { lines: wanted, currency: chosen, email: given }: Partial<CartCreateInput>,
): Promise<Changed> {
  const currency = chosen ?? SHOP.currency;
  await requireSold(context, currency);
  const email = given ? checkedEmail(given) : null;
  const ids = (wanted ?? []).map(({ variantId }) => variantId);
  const [added, stock] = await Promise.all([newLines(context, wanted ?? [], currency), promisable(context, ids)]);
  const fill = (lines: readonly CartLineRecord[], more: readonly CartLineRecord[]): CartLineRecord[] => {
    const filled = addLines(lines, more);
    checkStock(filled, stock, ids, quantityPaths(ids.length));
    return filled;
  };
  const { viewer } = context;
  const lines = fill([], added);
  for (let tries = 0; tries < TRIES; tries++) {
    const made = await insertCart(viewer?.customerId ?? null, currency, email, lines);
    if (made) return { cart: made };
    const mine = await cartOfCustomer(viewer!.customerId);
    if (mine) {
      // It keeps the currency it has, and what is added takes that.
      const converted = (await linesIn(context, currency, mine.currency))(added);
      const change = (now: CartRecord) => {
        if (now.currency !== mine.currency) throw changed(now.version);
        return { lines: fill(now.lines, converted), email: email ?? now.email };
      };
      return { cart: await changeCart(viewer, mine, null, change) };
    }
    await retireExpired(viewer!.customerId);
  }
  throw closed({ status: 'FROZEN' });
}

/** The customer's cart may be ordered, or expire, between two statements. */
const TRIES = 3;
