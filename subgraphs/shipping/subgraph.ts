import { outboxResolver } from '#platform/outbox/reports.ts';
import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { CancelFulfillments } from './cancel-fulfillments.ts';
import { demoCarrier } from './carriers/demo-carrier.ts';
import { database } from './database.ts';
import { DeliveryOptions, references, SentCart } from './delivery-options.ts';
import { FulfillmentQueries } from './fulfillment.queries.ts';
import { SentOrder } from './fulfillment.type.ts';
import { prepareParcel } from './listeners/prepare-parcel.listener.ts';

export const shipping: Subgraph = {
  name: 'shipping',
  database,
  resolvers: [FulfillmentQueries, DeliveryOptions, CancelFulfillments, outboxResolver(database)],
  orphanedTypes: [SentOrder, SentCart],
  references,
  announces: true,
  listeners: [prepareParcel],
  startWork: () => [demoCarrier.startWork()],
};
