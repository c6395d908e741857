import type { Subgraph } from '#platform/subgraph/subgraph.ts';

interface Entry {
  /** Topic → consumers: which events reach which of its listeners. Light, so that producers can route without loading it. */
  readonly listensTo: Readonly<Record<string, readonly string[]>>;
  readonly load: () => Promise<Subgraph>;
}

/** The only list of subgraphs: databases, routes of events, TARGET's names and the supergraph derive from it. */
export const SUBGRAPHS = {
  accounts: { listensTo: {}, load: async () => (await import('./accounts/subgraph.ts')).accounts },
  catalog: {
    listensTo: {
      'inventory.stock-turned.v1': ['catalog-follow-stock'],
      'reviews.ratings-changed.v1': ['catalog-follow-ratings'],
      'orders.units-sold.v1': ['catalog-follow-sales'],
    },
    load: async () => (await import('./catalog/subgraph.ts')).catalog,
  },
  inventory: {
    listensTo: {
      'orders.order-confirmed.v1': ['inventory-commit-reservation'],
      'shipping.fulfillments-moved.v1': ['inventory-ship-reservation'],
      'catalog.products-changed.v1': ['inventory-stock-new-variants'],
    },
    load: async () => (await import('./inventory/subgraph.ts')).inventory,
  },
  pricing: { listensTo: {}, load: async () => (await import('./pricing/subgraph.ts')).pricing },
  carts: { listensTo: {}, load: async () => (await import('./carts/subgraph.ts')).carts },
  orders: {
    listensTo: {
      'payments.payment-captured.v1': ['orders-mark-paid'],
      'payments.payment-refunded.v1': ['orders-follow-refunds'],
      'payments.payment-settled.v1': ['orders-resume-checkout'],
      'payments.order-gift-cards-issued.v1': ['orders-fulfill-gift-cards'],
      'accounts.email-verified.v1': ['orders-claim-guest-orders'],
      'shipping.fulfillments-moved.v1': ['orders-follow-shipment'],
      'inventory.reservation-lost.v1': ['orders-cancel-unheld'],
    },
    load: async () => (await import('./orders/subgraph.ts')).orders,
  },
  payments: {
    listensTo: {
      'orders.order-confirmed.v1': ['payments-capture'],
      'orders.gift-cards-bought.v1': ['payments-issue-gift-cards'],
    },
    load: async () => (await import('./payments/subgraph.ts')).payments,
  },
  shipping: {
    listensTo: { 'orders.order-paid.v1': ['shipping-prepare-parcel'] },
    load: async () => (await import('./shipping/subgraph.ts')).shipping,
  },
  notifications: {
    listensTo: {
      'inventory.stock-low.v1': ['notifications-low-stock', 'notifications-webhooks'],
      'accounts.customer-registered.v1': ['notifications-verification'],
      'accounts.email-verified.v1': ['notifications-welcome'],
      'accounts.password-reset-requested.v1': ['notifications-password-reset'],
      'orders.order-confirmed.v1': ['notifications-confirmation', 'notifications-webhooks'],
      'orders.order-status-changed.v1': ['notifications-order-status'],
      'shipping.fulfillments-moved.v1': ['notifications-shipment', 'notifications-webhooks'],
      'orders.order-cancelled.v1': ['notifications-cancellation', 'notifications-webhooks'],
      'orders.order-refunded.v1': ['notifications-refund', 'notifications-webhooks'],
      'orders.order-edited.v1': ['notifications-order-edited', 'notifications-webhooks'],
      'orders.return-decided.v1': ['notifications-return', 'notifications-webhooks'],
      'orders.order-lookup-requested.v1': ['notifications-order-lookup'],
      'payments.gift-card-issued.v1': ['notifications-gift-card'],
      'orders.order-paid.v1': ['notifications-webhooks'],
      'inventory.stock-turned.v1': ['notifications-back-in-stock', 'notifications-webhooks'],
      'catalog.products-changed.v1': ['notifications-webhooks'],
    },
    load: async () => (await import('./notifications/subgraph.ts')).notifications,
  },
  reviews: { listensTo: {}, load: async () => (await import('./reviews/subgraph.ts')).reviews },
  discovery: {
    listensTo: {
      'orders.order-confirmed.v1': ['discovery-bought-together'],
      'orders.order-cancelled.v1': ['discovery-forget-cancelled'],
      'orders.order-refunded.v1': ['discovery-forget-refunded'],
      'catalog.products-changed.v1': ['discovery-follow-products'],
    },
    load: async () => (await import('./discovery/subgraph.ts')).discovery,
  },
  operations: { listensTo: {}, load: async () => (await import('./operations/subgraph.ts')).operations },
} as const satisfies Record<string, Entry>;

export type SubgraphName = keyof typeof SUBGRAPHS;

export const SUBGRAPH_NAMES = Object.keys(SUBGRAPHS) as SubgraphName[];

/** Topic → all its consumers, over every subgraph. */
export function eventRoutes(): Record<string, string[]> {
  const routes: Record<string, string[]> = {};
  for (const { listensTo } of Object.values<Entry>(SUBGRAPHS)) {
    for (const [topic, consumers] of Object.entries(listensTo))
      routes[topic] = [...(routes[topic] ?? []), ...consumers];
  }
  return routes;
}
