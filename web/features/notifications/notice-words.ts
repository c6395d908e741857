import type { NotificationKind } from '#generated/graphql.ts';

/** What is chosen, in words. */
export const KINDS: Record<NotificationKind, { title: string; about: string }> = {
  ORDER_UPDATES: { title: 'Your orders', about: 'Packed, on its way, arrived.' },
  BACK_IN_STOCK: { title: 'Back in stock', about: 'Something that you asked us to watch is here again.' },
  CART_REMINDERS: { title: 'Your cart', about: 'You left something in it.' },
};

/** Said once a kind of mail was ended by its link. */
export const ENDED: Record<NotificationKind, string> = {
  ORDER_UPDATES: 'Done.',
  BACK_IN_STOCK: 'Done. We write no more when something is back.',
  CART_REMINDERS: 'Done. We write no more about carts that were left.',
};
