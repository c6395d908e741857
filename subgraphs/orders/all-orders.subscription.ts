import { Resolver, Root, Subscription } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { followChanges } from '#platform/live/follow-changes.ts';
import { database } from './database.ts';
import { isShown, loadOrders, neverWas, type OrderRecord, toOrder } from './order.records.ts';
import { Order } from './order.type.ts';

/** Orders change all the time: what wakes one follower would wake all, so that they look by themselves. */
const LOOK_EVERY_MS = 500;
const MOST_AT_ONCE = 200;

@Resolver()
export class AllOrdersSubscription {
  @RequiresScopes('orders:read')
  @Subscription(() => Order, {
    nullable: true,
    subscribe: ({ context }) => followAllOrders(context as Context),
    description: 'Every order as it is placed or changes. orders:read',
  })
  ordersUpdated(@Root() order: Order): Order {
    return order;
  }
}

/** Where a follower stands: all that was written before this transaction, and of it up to this event. */
interface Place {
  xid: bigint;
  orderId: string;
  seq: number;
}

/** What could be seen when a follower began: it is told of nothing of that. */
interface Beginning {
  xid: bigint;
  snapshot: string;
}

/**
 * Each order that was placed or changed, from now on, as it is after its change. Events become visible in another order
 * than that of their numbers or times. What is read ends below the oldest transaction that still runs, since nothing
 * can appear below that any more; so none is missed, however long its transaction took.
 */
export function followAllOrders(context: Context): AsyncIterableIterator<Order> {
  // What guards the field is asked at each event only.
  context.signedIn();
  if (!context.has('orders:read')) throw new Denied('FORBIDDEN', 'This needs the scope orders:read.');
  let beginning: Beginning | undefined;
  let place: Place;
  return followChanges<Order>({
    topic: 'orders',
    readAnywayMs: LOOK_EVERY_MS,
    async read() {
      if (!beginning) {
        [beginning] = await horizon();
        place = { xid: beginning!.xid, orderId: '', seq: 0 };
        return { items: [] };
      }
      const changed = new Set<string>();
      for (;;) {
        const { xid, orderId, seq } = place;
        const events = await changedSince(xid.toString(), orderId, seq, MOST_AT_ONCE, beginning.snapshot);
        for (const { order_id } of events) changed.add(order_id);
        const last = events.at(-1);
        if (last) place = { xid: last.xid, orderId: last.order_id, seq: last.seq };
        if (events.length < MOST_AT_ONCE || changed.size >= MOST_AT_ONCE) break;
      }
      const records = await loadOrders([...changed]);
      return { items: records.filter(isVisible).map((record) => toOrder(record)) };
    },
  });
}

const isVisible = (record: OrderRecord | null): record is OrderRecord =>
  record !== null && isShown(record) && !neverWas(record);

interface Changed {
  order_id: string;
  seq: number;
  xid: bigint;
}

const HORIZON = '(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint';

const horizon = database.statement<Beginning>(
  'orders.horizon',
  `SELECT ${HORIZON} AS xid, pg_current_snapshot()::text AS snapshot`,
);

const changedSince = database.statement<Changed>(
  'orders.all-changed-since',
  `SELECT order_id, seq, xid FROM order_event WHERE xid >= $1::bigint AND xid < ${HORIZON}
     AND (xid, order_id, seq) > ($1::bigint, $2::text, $3::int)
     AND NOT pg_visible_in_snapshot(xid::text::xid8, $5::pg_snapshot)
   ORDER BY xid, order_id, seq LIMIT $4`,
);
