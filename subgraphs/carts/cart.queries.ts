import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { DeliveryOption } from '#subgraphs/shipping/contracts/delivery-option.type.ts';
import { cartOfCustomer, visibleCart } from './cart.records.ts';
import { Cart, CartCost, CartCustomer, CartLine, CartParcel, CartProblem, toCart } from './cart.type.ts';
import { type PricedLine, priceCart } from './cart-prices.ts';
import { problemOfLine, problemsOf } from './cart-problems.ts';

@Resolver(() => Cart)
export class CartQueries {
  @Query(() => Cart, { nullable: true })
  async cart(@Arg('id', () => ID) id: string, @Ctx() context: Context): Promise<Cart | null> {
    const record = await visibleCart(context.viewer, id);
    return record && toCart(record);
  }

  @FieldResolver(() => [CartLine])
  async lines(@Root() { record }: Cart, @Ctx() context: Context): Promise<CartLine[]> {
    const { lines, quote } = await priceCart(context, record);
    return lines.map((line) => {
      const { discount, total } = quote.lines.find(({ lineId }) => lineId === line.id)!;
      return { ...line, variant: line.exists ? { id: line.variantId } : null, discount, total };
    });
  }

  @FieldResolver(() => CartCost)
  async cost(@Root() { record }: Cart, @Ctx() context: Context): Promise<CartCost> {
    return (await priceCart(context, record)).quote;
  }

  @FieldResolver(() => DeliveryOption, { nullable: true })
  async deliveryOption(@Root() { record }: Cart, @Ctx() context: Context): Promise<DeliveryOption | null> {
    return (await priceCart(context, record)).deliveryOption;
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
  @FieldResolver(() => CartParcel, { nullable: true })
  async parcel(@Root() { record }: Cart, @Ctx() context: Context): Promise<CartParcel> {
    return (await priceCart(context, record)).parcel;
  }
}

@Resolver(() => CartLine)
export class CartLineQueries {
  @FieldResolver(() => CartProblem, { nullable: true })
  problem(@Root() line: CartLine & PricedLine, @Ctx() context: Context): Promise<CartProblem | null> {
    return problemOfLine(context, line);
  }
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
