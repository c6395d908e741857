import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { changeCart, changed, checkVersion, existing } from './cart.records.ts';
import { CartPayload } from './cart.type.ts';
import { answered, type Changed } from './cart-payload.ts';
import { CartLineInput } from './create-cart.ts';
import { checkStock, newLines, promisable, quantityPaths } from './new-lines.ts';
import { addLines, checkLineCount, removeLines, setQuantities } from './rules/cart-lines.ts';
import { storable } from './rules/storable.ts';

@InputType({
  description:
    'A repeated `idempotencyKey` changes nothing and answers with the cart as it is: for clients that retry.',
})
export class CartLinesAddInput {
  @Field(() => ID)
  cartId!: string;

  @Field(() => [CartLineInput])
  lines!: CartLineInput[];

  @Field(() => Int, { nullable: true })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class CartLineUpdateInput {
  @Field(() => ID)
  lineId!: string;

  @Field(() => Int)
  quantity!: number;
}

@InputType()
export class CartLinesUpdateInput {
  @Field(() => ID)
  cartId!: string;

  @Field(() => [CartLineUpdateInput])
  lines!: CartLineUpdateInput[];

  @Field(() => Int, { nullable: true })
  expectedVersion?: number | null;
}

@InputType()
export class CartLinesRemoveInput {
  @Field(() => ID)
  cartId!: string;

  @Field(() => [ID])
  lineIds!: string[];

  @Field(() => Int, { nullable: true })
  expectedVersion?: number | null;
}

@Resolver()
export class ChangeLines {
  @Mutation(() => CartPayload)
  cartLinesAdd(
    @Arg('input', () => CartLinesAddInput) input: CartLinesAddInput,
    @Ctx() context: Context,
  ): Promise<CartPayload> {
    return answered(() => addToCart(context, input));
  }

  @Mutation(() => CartPayload, { description: 'Quantity 0 removes the line.' })
  cartLinesUpdate(
    @Arg('input', () => CartLinesUpdateInput) input: CartLinesUpdateInput,
    @Ctx() context: Context,
  ): Promise<CartPayload> {
    return answered(() => updateLines(context, input));
  }

  @Mutation(() => CartPayload)
  cartLinesRemove(
    @Arg('input', () => CartLinesRemoveInput) input: CartLinesRemoveInput,
    @Ctx() context: Context,
  ): Promise<CartPayload> {
    return answered(() => removeFromCart(context, input));
  }
}

const REMEMBERED_KEYS = 50;
const MOST_KEY_LENGTH = 200;

export async function addToCart(
  context: Context,
  { cartId, lines: wanted, expectedVersion, idempotencyKey }: CartLinesAddInput,
): Promise<Changed> {
  const key = idempotencyKey ? checkedKey(idempotencyKey) : null;
  const there = await existing(context.viewer, cartId);
  // First of all: a retry knows only the version of its first try, and what it added may be sold out since.
  if (key && there.added_keys.includes(key)) return { cart: there };
  const ids = wanted.map(({ variantId }) => variantId);
  const [added, stock] = await Promise.all([newLines(context, wanted, there.currency), promisable(context, ids)]);
  const cart = await changeCart(context.viewer, there, null, (now) => {
    if (key && now.added_keys.includes(key)) return null;
    checkVersion(now, expectedVersion);
    if (now.currency !== there.currency) throw changed(now.version);
    const lines = addLines(now.lines, added);
    checkStock(lines, stock, ids, quantityPaths(ids.length));
    return { lines, added_keys: key ? [...now.added_keys, key].slice(-REMEMBERED_KEYS) : now.added_keys };
  });
  return { cart };
}

export async function updateLines(
  context: Context,
  { cartId, lines: updates, expectedVersion }: CartLinesUpdateInput,
): Promise<Changed> {
  checkLineCount(updates.length);
  const there = await existing(context.viewer, cartId);
  const touched = updates.map(({ lineId }) => there.lines.find(({ id }) => id === lineId)?.variantId ?? '');
  const kept = touched.filter((id, i) => id && (updates[i]?.quantity ?? 0) > 0);
  const stock = await promisable(context, kept);
  const cart = await changeCart(context.viewer, there, expectedVersion, (now) => {
    const lines = setQuantities(now.lines, updates);
    checkStock(lines, stock, touched, quantityPaths(touched.length));
    return { lines };
  });
  return { cart };
}

async function removeFromCart(
  context: Context,
  { cartId, lineIds, expectedVersion }: CartLinesRemoveInput,
): Promise<Changed> {
  const there = await existing(context.viewer, cartId);
  const cart = await changeCart(context.viewer, there, expectedVersion, ({ lines }) => ({
    lines: removeLines(lines, lineIds),
  }));
  return { cart };
}

function checkedKey(key: string): string {
  if (key.length <= MOST_KEY_LENGTH) return storable(key);
  throw new Refusal('TOO_LONG', `idempotencyKey may have ${MOST_KEY_LENGTH} characters; a UUID is a good one.`, {
    path: ['input', 'idempotencyKey'],
  });
}
