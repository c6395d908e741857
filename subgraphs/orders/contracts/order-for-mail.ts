import { operation } from '#platform/graphql/operation.ts';

interface Amount {
  amount: string;
  currency: string;
}

/** What mails about an order say; `accessToken` makes the link that a guest can open. */
export interface OrderForMail {
  id: string;
  number: string;
  email: string;
  placedAt: string;
  /** As Order.paymentStatus. */
  paymentStatus: string;
  accessToken: string;
  customerId: string | null;
  lines: { title: string; options: { name: string; value: string }[]; quantity: number; total: Amount }[];
  cost: { subtotal: Amount; shipping: Amount; tax: Amount; taxIncluded: boolean; total: Amount };
  deliveryAddress: {
    name: string;
    line1: string;
    line2: string | null;
    postalCode: string;
    city: string;
    country: string;
  };
  deliveryOption: { title: string; estimatedDays: { min: number; max: number } };
}

/** At most 200, in the order asked for; null where there is no such order. */
export const ordersForMail = operation<{ ordersForMail: (OrderForMail | null)[] }, { ids: readonly string[] }>(
  'orders',
  `query($ids: [ID!]!) { ordersForMail(ids: $ids) { id number email placedAt paymentStatus accessToken customerId
    lines { title options { name value } quantity total { amount currency } }
    cost { subtotal { amount currency } shipping { amount currency } tax { amount currency } taxIncluded total { amount currency } }
    deliveryAddress { name line1 line2 postalCode city country } deliveryOption { title estimatedDays { min max } } } }`,
);

/** What the mails about its parcels say of an order. */
export interface OrderForShipmentMail {
  id: string;
  number: string;
  email: string;
  accessToken: string;
  lines: {
    id: string;
    title: string;
    options: { name: string; value: string }[];
    quantity: number;
    isGiftCard?: boolean;
  }[];
}

/** As `ordersForMail`, with the ids by which parcels name lines. */
export const ordersForShipmentMail = operation<
  { ordersForMail: (OrderForShipmentMail | null)[] },
  { ids: readonly string[] }
>(
  'orders',
  `query($ids: [ID!]!) { ordersForMail(ids: $ids) { id number email accessToken
    lines { id title options { name value } quantity isGiftCard } } }`,
);

/** What is told of an order outside: nothing that opens it. */
export interface OrderForWebhook {
  id: string;
  number: string;
  email: string;
  placedAt: string;
  paymentStatus: string;
  customerId: string | null;
  lines: {
    id: string;
    variant: { id: string } | null;
    sku: string;
    title: string;
    options: { name: string; value: string }[];
    quantity: number;
    unitPrice: Amount;
    discount: Amount;
    tax: Amount;
    total: Amount;
  }[];
  cost: OrderForMail['cost'];
  deliveryAddress: OrderForMail['deliveryAddress'] & { region: string | null; phone: string | null };
  deliveryOption: OrderForMail['deliveryOption'];
}

const AMOUNT = '{ amount currency }';

/** As `ordersForMail`. */
export const ordersForWebhook = operation<{ ordersForMail: (OrderForWebhook | null)[] }, { ids: readonly string[] }>(
  'orders',
  `query($ids: [ID!]!) { ordersForMail(ids: $ids) { id number email placedAt paymentStatus customerId
    lines { id variant { id } sku title options { name value } quantity
      unitPrice ${AMOUNT} discount ${AMOUNT} tax ${AMOUNT} total ${AMOUNT} }
    cost { subtotal ${AMOUNT} shipping ${AMOUNT} tax ${AMOUNT} taxIncluded total ${AMOUNT} }
    deliveryAddress { name line1 line2 city region postalCode country phone }
    deliveryOption { title estimatedDays { min max } } } }`,
);
