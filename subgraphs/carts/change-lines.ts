import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { changeCart, checkVersion, notFound, visibleCart } from './cart.records.ts';
import { CartPayload } from './cart.type.ts';
import { answered, type Changed } from './cart-payload.ts';
import { CartLineInput } from './create-cart.ts';
import { checkStock, newLines, promisable, quantityPaths } from './new-lines.ts';
import { addLines, removeLines, setQuantities } from './rules/cart-lines.ts';

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
    const { cartId, lineIds, expectedVersion } = input;
    return answered(async () => ({
      cart: await changeCart(context.viewer, cartId, expectedVersion, ({ lines }) => ({
        lines: removeLines(lines, lineIds),
      })),
    }));
  }
}

const REMEMBERED_KEYS = 50;

export async function addToCart(
  context: Context,
  { cartId, lines: wanted, expectedVersion, idempotencyKey: key }: CartLinesAddInput,
): Promise<Changed> {
  const added = await newLines(context, wanted);
  const ids = added.map(({ variantId }) => variantId);
  const stock = await promisable(context, ids);
  const cart = await changeCart(context.viewer, cartId, null, (there) => {
    // Before the version is looked at: a retry knows only the version of its first try.
    if (key && there.added_keys.includes(key)) return null;
    checkVersion(there, expectedVersion);
    const lines = addLines(there.lines, added);
    checkStock(lines, stock, ids, quantityPaths(ids.length));
    return { lines, added_keys: key ? [...there.added_keys, key].slice(-REMEMBERED_KEYS) : there.added_keys };
  });
  return { cart };
}

export async function updateLines(
  context: Context,
  { cartId, lines: updates, expectedVersion }: CartLinesUpdateInput,
): Promise<Changed> {
  const before = await visibleCart(context.viewer, cartId);
  if (!before) throw notFound();
  const touched = updates.map(({ lineId }) => before.lines.find(({ id }) => id === lineId)?.variantId ?? '');
  const growing = touched.filter((id, i) => id && (updates[i]?.quantity ?? 0) > 0);
  const stock = await promisable(context, growing);
  const cart = await changeCart(context.viewer, cartId, expectedVersion, (there) => {
    const lines = setQuantities(there.lines, updates);
    checkStock(lines, stock, touched, quantityPaths(touched.length));
    return { lines };
  });
  return { cart };
}
