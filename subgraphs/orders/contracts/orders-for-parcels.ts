import { operation } from '#platform/graphql/operation.ts';

/** What goes onto a label. */
export interface OrderForParcel {
  id: string;
  number: string;
  email: string;
  deliveryAddress: {
    name: string;
    line1: string;
    line2: string | null;
    city: string;
    region: string | null;
    postalCode: string;
    country: string;
    phone: string | null;
  };
}

/** At most 200, in the order asked for; null where there is no such order. Shipping keeps no addresses of its own. */
export const ordersForParcels = operation<{ ordersForMail: (OrderForParcel | null)[] }, { ids: readonly string[] }>(
  'orders',
  `query($ids: [ID!]!) { ordersForMail(ids: $ids) { id number email
    deliveryAddress { name line1 line2 city region postalCode country phone } } }`,
);
