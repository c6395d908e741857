import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { CurrencyCodeScalar } from '#platform/graphql/scalars.ts';
import { changeCart, changed, existing } from './cart.records.ts';
import { CartPayload } from './cart.type.ts';
import { answered, type Changed } from './cart-payload.ts';
import { linesIn, requireSold } from './currency-of-cart.ts';

@InputType()
export class CartCurrencyUpdateInput {
  @Field(() => ID)
  cartId!: string;

  @Field(() => CurrencyCodeScalar)
  currency!: string;

  @Field(() => Int, { nullable: true })
  expectedVersion?: number | null;
}

@Resolver()
export class UpdateCurrency {
  @Mutation(() => CartPayload)
  cartCurrencyUpdate(
    @Arg('input', () => CartCurrencyUpdateInput) input: CartCurrencyUpdateInput,
    @Ctx() context: Context,
  ): Promise<CartPayload> {
    return answered(() => updateCurrency(context, input));
  }
}

async function updateCurrency(
  context: Context,
  { cartId, currency, expectedVersion }: CartCurrencyUpdateInput,
): Promise<Changed> {
  const there = await existing(context.viewer, cartId);
  await requireSold(context, currency);
  const converted = await linesIn(context, there.currency, currency);
  const cart = await changeCart(context.viewer, there, expectedVersion, (now) => {
    if (now.currency === currency) return null;
    if (now.currency !== there.currency) throw changed(now.version);
    return { currency, lines: converted(now.lines) };
  });
  return { cart };
}
