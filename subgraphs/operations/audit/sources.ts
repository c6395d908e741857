import type { Context } from '#platform/graphql/context.ts';
import { type Operation, operation } from '#platform/graphql/operation.ts';

import { eventsUnhandled } from '#platform/outbox/reports.ts';
import { cartsOfOrders } from '#subgraphs/carts/contracts/carts-audit.ts';
import { SETTLED_KEPT_DAYS, stockReservations } from '#subgraphs/inventory/contracts/reservations.ts';
import { type AuditedOrder, giftCardLines, ordersAudit } from '#subgraphs/orders/contracts/orders-audit.ts';
import { paymentTotals } from '#subgraphs/payments/contracts/charges.ts';
import { giftCardsMade, giftCardsSold } from '#subgraphs/payments/contracts/gift-cards.ts';
import { codesHeld } from '#subgraphs/pricing/contracts/codes.ts';
import { cardsWithoutLine, compareBooks, type Found } from '../rules/order-books.ts';
import { MOST_TOLD, type Window } from './keep-findings.ts';

/** A subgraph that can be asked what is wrong with what moved in a window. */
export interface Source {
  readonly name: string;
  look(context: Context, window: Window): Promise<Look>;
}

export interface Look {
  readonly found: readonly Found[];
  /** Something in the window is under way, so that it could not be judged. */
  readonly underWay: boolean;
}

const asks = (name: string): Source => ({
  name,
  async look(context, { since, until }) {
    const audit = auditOf(name);
    const { [`${name}Audit`]: found = [] } = await context.ask(audit, {
      since: since.toISOString(),
      until: until.toISOString(),
    });
    return { found, underWay: false };
  },
});

/** `<subgraph>Audit(since, until)`: the same of each that has books of its own. */
const auditOf = (name: string): Operation<Record<string, Found[]>, { since: string; until: string }> =>
  operation(
    name,
    `query($since: DateTime!, $until: DateTime!) { ${name}Audit(since: $since, until: $until) { invariant subject detail } }`,
  );

/** Of a subgraph that has no books but announces: what it announced is handled. */
const asksOutbox = (name: string): Source => ({
  name,
  async look(context) {
    const { [`${name}EventsUnhandled`]: ids = [] } = await context.ask(eventsUnhandled(name), {});
    const detail = 'It was announced more than a minute ago, and is not handled.';
    return { found: ids.map((subject) => ({ invariant: 'outbox', subject, detail })), underWay: false };
  },
});

/** Orders' own books. */
const orders: Source = {
  name: 'orders',
  async look(context, window) {
    const found: Found[] = [];
    for await (const page of changedOrders(context, window)) {
      found.push(...page.findings);
      if (found.length >= MOST_TOLD) break;
    }
    return { found, underWay: false };
  },
};

/** What lies between orders, payments, inventory, pricing and carts; by itself, so that none of them being away blinds the others' audits. */
const books: Source = {
  name: 'books',
  async look(context, window) {
    const found = await strayCards(context, window);
    let underWay = false;
    for await (const page of changedOrders(context, window)) {
      const settled = page.orders.filter((order) => order.settled);
      found.push(...(await compared(context, settled)));
      underWay ||= settled.length < page.orders.length;
      // Who reads the first hundred knows enough.
      if (found.length >= MOST_TOLD) break;
    }
    return { found, underWay };
  },
};

async function* changedOrders(context: Context, { since, until }: Window): AsyncGenerator<OrdersPage> {
  const window = { since: since.toISOString(), until: until.toISOString() };
  let after: string | null = null;
  do {
    const page: OrdersPage = (await context.ask(ordersAudit, { ...window, first: PAGE, after })).ordersAudit;
    yield page;
    after = page.endCursor;
  } while (after);
}

/** As many as payments tells the totals of at once. */
const PAGE = 200;

type OrdersPage = ResultOf<typeof ordersAudit>['ordersAudit'];
type ResultOf<Asked> = Asked extends Operation<infer Result, infer _> ? Result : never;

async function compared(context: Context, orders: readonly AuditedOrder[]): Promise<Found[]> {
  if (orders.length === 0) return [];
  const orderIds = orders.map(({ orderId }) => orderId);
  const [money, stock, codes, carts, cards] = await Promise.all([
    context.ask(paymentTotals, { orderIds }),
    context.ask(stockReservations, { orderIds }),
    context.ask(codesHeld, { orderIds }),
    context.ask(cartsOfOrders, { cartIds: orders.map(({ cartId }) => cartId) }),
    context.ask(giftCardsSold, { orderIds }),
  ]);
  const books = money.paymentTotals.filter((book) => book !== null);
  const forgottenBefore = Date.now() - SETTLED_KEPT_DAYS * 86_400_000;
  const own = orders.map((order) => ({ ...order, isOld: Date.parse(order.placedAt) < forgottenBefore }));
  return compareBooks(own, books, stock.stockReservations, codes.codesHeld, carts.cartsOfOrders, cards.giftCardsSold);
}

/** Gift cards of the window that no order bought: of an order that there is not, nothing else would tell. */
async function strayCards(context: Context, { since, until }: Window): Promise<Found[]> {
  const window = { since: since.toISOString(), until: until.toISOString() };
  const { giftCardsMade: made } = await context.ask(giftCardsMade, window);
  if (made.length === 0) return [];
  const orderIds = [...new Set(made.map(({ orderId }) => orderId))];
  const { giftCardLines: lines } = await context.ask(giftCardLines, { orderIds });
  return cardsWithoutLine(made, lines);
}

export const SOURCES: readonly Source[] = [
  orders,
  books,
  asks('payments'),
  asks('inventory'),
  asks('pricing'),
  asks('carts'),
  asks('shipping'),
  asks('notifications'),
  ...['accounts', 'catalog', 'reviews'].map(asksOutbox),
];
