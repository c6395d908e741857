/** What one client saw, and when: times are of one clock, in milliseconds. */
export interface OrderSeen {
  readonly orderId: string;
  readonly version: number;
  readonly status: string;
  /** When the reading began and when its answer was there. */
  readonly from: number;
  readonly to: number;
}

/** What a cart was told and what it showed, by the one client that holds it. */
export interface CartHistory {
  readonly cartId: string;
  readonly variantId: string;
  readonly steps: readonly CartStep[];
}

export type CartStep =
  /** An addition of so much: `known` when it was acknowledged, else it may have happened, now or later. */
  | { readonly kind: 'added'; readonly quantity: number; readonly outcome: 'known' | 'unknown' | 'refused' }
  | { readonly kind: 'read'; readonly quantity: number };

/** What placing answered, for one key. */
export interface PlaceAnswer {
  readonly cartId: string;
  readonly key: string;
  readonly orderId: string;
  readonly status: string;
}

/** An order as its database has it once all is at rest. */
export interface OrderNow {
  readonly status: string;
  readonly units: number;
}

const RANK: Readonly<Record<string, number>> = {
  PENDING_PAYMENT: 0,
  CONFIRMED: 1,
  PREPARING: 2,
  SHIPPED: 3,
  OUT_FOR_DELIVERY: 4,
  DELIVERED: 5,
  RETURNED: 6,
};

/**
 * An order is never seen going back: whoever begins to read after somebody has seen a version sees that one or a later,
 * and of two versions the later has the later status, or CANCELLED.
 */
export function goneBack(seen: readonly OrderSeen[]): string[] {
  return [...groupedBy(seen, ({ orderId }) => orderId)].flatMap(([orderId, all]) => [
    ...staleReads(orderId, all),
    ...statusesBack(orderId, all),
  ]);
}

function staleReads(orderId: string, seen: readonly OrderSeen[]): string[] {
  const byEnd = [...seen].sort((a, b) => a.to - b.to);
  const byStart = [...seen].sort((a, b) => a.from - b.from);
  const broken: string[] = [];
  let newest = 0;
  let ended = 0;
  for (const read of byStart) {
    for (; ended < byEnd.length && byEnd[ended]!.to < read.from; ended++)
      newest = Math.max(newest, byEnd[ended]!.version);
    if (read.version < newest) broken.push(`order ${orderId} was seen at version ${newest}, then at ${read.version}`);
  }
  return broken;
}

function statusesBack(orderId: string, seen: readonly OrderSeen[]): string[] {
  const byVersion = [...seen].sort((a, b) => a.version - b.version);
  return byVersion.slice(1).flatMap((next, i) => {
    const before = byVersion[i]!;
    if (before.version === next.version)
      return before.status === next.status
        ? []
        : [`order ${orderId} is both ${before.status} and ${next.status} at version ${next.version}`];
    const back = before.status === 'CANCELLED' ? next.status !== 'CANCELLED' : rankOf(next) < rankOf(before);
    return back ? [`order ${orderId} went from ${before.status} back to ${next.status}`] : [];
  });
}

const rankOf = ({ status }: OrderSeen): number => RANK[status] ?? Number.POSITIVE_INFINITY;

/** A cart shows everything that was acknowledged, and nothing that nobody asked for. */
export function cartsThatForget(carts: readonly CartHistory[]): string[] {
  return carts.flatMap(({ cartId, steps }) => {
    let least = 0;
    let most = 0;
    const broken: string[] = [];
    for (const step of steps) {
      if (step.kind === 'added') {
        if (step.outcome === 'known') least += step.quantity;
        if (step.outcome !== 'refused') most += step.quantity;
      } else if (step.quantity < least || step.quantity > most)
        broken.push(`cart ${cartId} shows ${step.quantity}, between ${least} and ${most} were added`);
    }
    return broken;
  });
}

/** One key of one cart always answers with the same order, and one cart is one order. */
export function answersThatDiffer(answers: readonly PlaceAnswer[]): string[] {
  return [...groupedBy(answers, ({ cartId, key }) => `${cartId} ${key}`)].flatMap(([cartAndKey, all]) => {
    const orders = new Set(all.map(({ orderId }) => orderId));
    return orders.size > 1 ? [`cart and key ${cartAndKey} answered with the orders ${[...orders].join(', ')}`] : [];
  });
}

/** What was confirmed to a shopper, and neither cancelled by one nor refused, still stands. */
export function lostOrders(
  answers: readonly PlaceAnswer[],
  cancelled: ReadonlySet<string>,
  orders: ReadonlyMap<string, OrderNow>,
): string[] {
  return answers.flatMap(({ orderId, status }) => {
    const now = orders.get(orderId)?.status;
    if (now === undefined) return [`order ${orderId} was answered and does not exist`];
    if (status !== 'PENDING_PAYMENT' && now === 'CANCELLED' && !cancelled.has(orderId))
      return [`order ${orderId} was confirmed and is cancelled, though nobody asked for that`];
    return [];
  });
}

/** A change that was told to be made stands, one that was not is nowhere; an order that is cancelled holds nothing. */
export function unitsThatDiffer(
  units: ReadonlyMap<string, readonly number[]>,
  orders: ReadonlyMap<string, OrderNow>,
): string[] {
  return [...units].flatMap(([orderId, possible]) => {
    const now = orders.get(orderId);
    if (!now || now.status === 'CANCELLED' || possible.includes(now.units)) return [];
    return [`order ${orderId} holds ${now.units} units, after its change it was to hold ${possible.join(' or ')}`];
  });
}

function groupedBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
