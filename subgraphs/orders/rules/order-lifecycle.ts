export const ORDER_STATUSES = [
  'PENDING_PAYMENT',
  'CONFIRMED',
  'PREPARING',
  'SHIPPED',
  'OUT_FOR_DELIVERY',
  'DELIVERED',
  'CANCELLED',
  'RETURNED',
] as const;

export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What may follow what. Everything else is refused. */
export const NEXT = {
  PENDING_PAYMENT: ['CONFIRMED', 'CANCELLED'],
  // Gift cards alone have no parcel.
  CONFIRMED: ['PREPARING', 'DELIVERED', 'CANCELLED'],
  PREPARING: ['SHIPPED', 'CANCELLED'],
  SHIPPED: ['OUT_FOR_DELIVERY'],
  OUT_FOR_DELIVERY: ['DELIVERED'],
  DELIVERED: ['RETURNED'],
  CANCELLED: [],
  RETURNED: [],
} as const satisfies Record<OrderStatus, readonly OrderStatus[]>;

export const mayBecome = (from: OrderStatus, to: OrderStatus): boolean =>
  (NEXT[from] as readonly OrderStatus[]).includes(to);

/** The statuses from which an order may become this one. */
export const before = (to: OrderStatus): OrderStatus[] => ORDER_STATUSES.filter((from) => mayBecome(from, to));

export const isFinal = (status: OrderStatus): boolean => NEXT[status].length === 0 || status === 'DELIVERED';

/** The way of a parcel, in order: each step of it is recorded, also when the news of one overtakes another's. */
export const PARCEL_WAY = [
  'CONFIRMED',
  'PREPARING',
  'SHIPPED',
  'OUT_FOR_DELIVERY',
  'DELIVERED',
] as const satisfies readonly OrderStatus[];

/** What the history says of each. */
export const STATUS_MESSAGES = {
  PENDING_PAYMENT: 'Order received, payment under way',
  CONFIRMED: 'Order confirmed',
  PREPARING: 'Your parcel is being packed',
  SHIPPED: 'Handed to the carrier',
  OUT_FOR_DELIVERY: 'Out for delivery',
  DELIVERED: 'Delivered',
  CANCELLED: 'Order cancelled',
  RETURNED: 'Returned',
} as const satisfies Record<OrderStatus, string>;
