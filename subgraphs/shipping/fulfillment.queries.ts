import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { isAccessGranted } from '#subgraphs/orders/contracts/access-grant.ts';
import { fulfillmentsOfOrders, toFulfillment } from './fulfillment.records.ts';
import { Fulfillment, SentOrder } from './fulfillment.type.ts';

@Resolver(() => SentOrder)
export class FulfillmentQueries {
  @Directive('@requires(fields: "accessGrant")')
  @FieldResolver(() => [Fulfillment], { nullable: true })
  async fulfillments(@Root() { id, accessGrant }: SentOrder, @Ctx() context: Context): Promise<Fulfillment[] | null> {
    if (!accessGrant || !isAccessGranted(id, accessGrant)) return null;
    const records = await context.loader(fulfillmentsOfOrders).load(id);
    return records.map((record) => toFulfillment(record, accessGrant, context));
  }
}

export const orderReference = async ({ id, accessGrant }: SentOrder): Promise<SentOrder> => ({
  id,
  accessGrant: accessGrant ?? null,
});
