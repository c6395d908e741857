import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { isAccessGranted } from '#subgraphs/orders/contracts/access-grant.ts';
import { paymentsOf } from './payment.records.ts';
import { PaidOrder, Payment, toPayment } from './payment.type.ts';

@Resolver(() => PaidOrder)
export class PaymentQueries {
  @Directive('@requires(fields: "accessGrant")')
  @FieldResolver(() => [Payment], { nullable: true })
  async payments(@Root() { id, accessGrant }: PaidOrder, @Ctx() context: Context): Promise<Payment[] | null> {
    if (!isAccessGranted(id, accessGrant)) return null;
    return (await context.loader(paymentsOf).load(id)).map(toPayment);
  }
}

export const references = {
  Order: async ({ id, accessGrant }: PaidOrder) => ({ id, accessGrant }),
};
