import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { MoneyType } from '#platform/graphql/money.type.ts';
import { DeliveryOption } from '#subgraphs/shipping/contracts/delivery-option.type.ts';
import { cartOfCustomer, visibleCart } from './cart.records.ts';
import {
  Cart,
  CartCost,
  CartCustomer,
  CartDiscountCode,
  CartLine,
  CartParcel,
  CartProblem,
  toCart,
} from './cart.type.ts';
import { priceCart, requiresShipping } from './cart-prices.ts';
import { problemsOf, problemsOfLines } from './cart-problems.ts';

@Resolver(() => Cart)
export class CartQueries {
  @Query(() => Cart, { nullable: true })
  async cart(@Arg('id', () => ID) id: string, @Ctx() context: Context): Promise<Cart | null> {
    const record = await visibleCart(context.viewer, id);
    return record && toCart(record);
  }

  @FieldResolver(() => [CartLine])
  async lines(@Root() { record }: Cart, @Ctx() context: Context): Promise<CartLine[]> {
    const lines = await priceCart(context, record).lines();
    return lines.map((line) => ({ ...line, cart: record, variant: line.exists ? { id: line.variantId } : null }));
  }

  @FieldResolver(() => CartCost)
  cost(@Root() { record }: Cart, @Ctx() context: Context): Promise<CartCost> {
    return priceCart(context, record).quote();
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether anything is sent, so that a delivery must be chosen; gift cards alone are mailed.',
  })
  requiresShipping(@Root() { record }: Cart): boolean {
    return requiresShipping(record);
  }

  @FieldResolver(() => DeliveryOption, { nullable: true })
  deliveryOption(@Root() { record }: Cart, @Ctx() context: Context): Promise<DeliveryOption | null> {
    return priceCart(context, record).deliveryOption();
  }

  @FieldResolver(() => [CartDiscountCode])
  async discountCodes(@Root() { record }: Cart, @Ctx() context: Context): Promise<CartDiscountCode[]> {
    return record.discount_codes.length === 0 ? [] : (await priceCart(context, record).quote()).codes;
  }

  @FieldResolver(() => [CartProblem], {
    description: 'What stands between this cart and an order, e.g. EMAIL_REQUIRED; empty when it can be placed.',
  })
  problems(@Root() { record }: Cart, @Ctx() context: Context): Promise<CartProblem[]> {
    return problemsOf(context, record);
  }

  @FieldResolver(() => Boolean)
  async readyToPlace(@Root() { record }: Cart, @Ctx() context: Context): Promise<boolean> {
    return record.status === 'OPEN' && !record.expired && (await problemsOf(context, record)).length === 0;
  }

  @Directive('@inaccessible')
  @FieldResolver(() => [ID], { description: 'Each once; for discovery.' })
  productIds(@Root() { record }: Cart): string[] {
    return [...new Set(record.lines.map(({ productId }) => productId))];
  }

  @Directive('@inaccessible')
  @FieldResolver(() => CartParcel, { nullable: true })
  parcel(@Root() { record }: Cart, @Ctx() context: Context): Promise<CartParcel> {
    return priceCart(context, record).parcel();
  }
}

@Resolver(() => CartLine)
export class CartLineQueries {
  @FieldResolver(() => MoneyType)
  async discount(@Root() line: CartLine, @Ctx() context: Context): Promise<MoneyType> {
    return (await quoted(context, line)).discount;
  }

  @FieldResolver(() => MoneyType)
  async total(@Root() line: CartLine, @Ctx() context: Context): Promise<MoneyType> {
    return (await quoted(context, line)).total;
  }

  @FieldResolver(() => CartProblem, { nullable: true })
  async problem(@Root() { id, cart }: CartLine, @Ctx() context: Context): Promise<CartProblem | null> {
    return (await problemsOfLines(context, cart)).get(id) ?? null;
  }
}

async function quoted(context: Context, { id, cart }: CartLine) {
  const { lines } = await priceCart(context, cart).quote();
  return lines.find(({ lineId }) => lineId === id)!;
}

@Resolver(() => CartCustomer)
export class CustomerCart {
  /** Null where it is not the viewer's own. */
  @FieldResolver(() => Cart, { nullable: true })
  async cart(@Root() { id }: CartCustomer, @Ctx() context: Context): Promise<Cart | null> {
    if (context.viewer?.customerId !== id) return null;
    const record = await cartOfCustomer(id);
    return record && toCart(record);
  }
}

export const references = {
  Cart: async ({ id }: { id: string }, context: Context) => {
    const record = await visibleCart(context.viewer, id);
    return record && toCart(record);
  },
  Customer: async ({ id }: { id: string }) => ({ id }),
};
