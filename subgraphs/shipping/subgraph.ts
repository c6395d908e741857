import { outboxResolver } from '#platform/outbox/reports.ts';
import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { CancelFulfillments } from './cancel-fulfillments.ts';
import { startErrands } from './carriers/carrier-errands.ts';
import { shopCarrier } from './carriers/choose-carrier.ts';
import { demoCarrier } from './carriers/demo-carrier.ts';
import { HearWebhook } from './carriers/hear-webhook.ts';
import { CreateFulfillment } from './create-fulfillment.ts';
import { database } from './database.ts';
import { cartReference, DeliveryOptions, SentCart } from './delivery-options.ts';
import { startSendingArrived } from './dispatch/send-arrived.ts';
import { EXPORTED_KINDS } from './exported-kinds.ts';
import { FulfillmentQueries, orderReference } from './fulfillment.queries.ts';
import { SentOrder } from './fulfillment.type.ts';
import { HoldFulfillments } from './hold-fulfillments.ts';
import { ReadLabel } from './labels/read-label.ts';
import { prepareParcel } from './listeners/prepare-parcel.listener.ts';
import { ShippingAudit } from './shipping-audit.ts';
import { UpdateFulfillment } from './update-fulfillment.ts';
import { DeliveryZones } from './write-delivery-zone.ts';

export const shipping: Subgraph = {
  name: 'shipping',
  database,
  resolvers: [
    ...[
      FulfillmentQueries,
      DeliveryOptions,
      DeliveryZones,
      CreateFulfillment,
      UpdateFulfillment,
      CancelFulfillments,
      HoldFulfillments,
    ],
    ...[HearWebhook, ReadLabel, ShippingAudit, outboxResolver(database)],
  ],
  orphanedTypes: [SentOrder, SentCart],
  references: { Cart: cartReference, Order: orderReference },
  announces: true,
  exports: EXPORTED_KINDS,
  listeners: [prepareParcel],
  // Parcels that the demo carrier began, it brings, whoever carries those of now.
  startWork: (contextFor) => [
    demoCarrier.startWork(),
    startSendingArrived(() => contextFor(null)),
    ...(shopCarrier ? [startErrands(shopCarrier, () => contextFor(null))] : []),
  ],
};
