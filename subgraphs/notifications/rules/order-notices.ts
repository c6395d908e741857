/** What a customer is told of an order's new status; what is not listed is told by mail or not at all. */
const NOTICES: Readonly<Record<string, { title: string; body: (number: string) => string }>> = {
  PREPARING: { title: 'We are packing your order', body: (number) => `Order ${number} is being made ready to leave.` },
  SHIPPED: { title: 'Your order is on its way', body: (number) => `Order ${number} was handed to the carrier.` },
  OUT_FOR_DELIVERY: { title: 'Your order comes today', body: (number) => `Order ${number} is out for delivery.` },
  DELIVERED: { title: 'Your order has arrived', body: (number) => `Order ${number} was delivered.` },
  CANCELLED: {
    title: 'Your order is cancelled',
    body: (number) => `Order ${number} was cancelled. What was paid for it goes back to you.`,
  },
};

/** Null when there is nothing to tell. */
export function orderNotice(status: string, number: string): { title: string; body: string } | null {
  const notice = Object.hasOwn(NOTICES, status) ? NOTICES[status] : undefined;
  return notice ? { title: notice.title, body: notice.body(number) } : null;
}
