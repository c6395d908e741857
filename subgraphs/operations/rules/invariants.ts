/** What must always hold, by the subgraph that is asked: the metric tells of each, also while it does. */
export const INVARIANTS: Readonly<Record<string, string>> = {
  'orders.owed': 'What an order owes is what is authorized, or what is captured less what is refunded.',
  'orders.goods': 'The goods of an order are reserved, left or given back, as its status says.',
  'inventory.on-hand': 'What is on hand is the sum of its journal.',
  'inventory.reserved': 'What is reserved is the sum of the open reservations.',
  'inventory.available': 'No more is promised than there is, but for what may be backordered.',
  'inventory.outbox': 'What inventory announced was handled within a minute.',
  'notifications.one-mail': 'There is one message a kind and order.',
};
