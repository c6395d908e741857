import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { followChanges } from '#platform/live/follow-changes.ts';
import { database } from './database.ts';
import { type EventRecord, loadOrders, neverWas, type OrderRecord, toOrder } from './order.records.ts';
import { Order } from './order.type.ts';
import { maySee } from './order-access.ts';
import { isFinal } from './rules/order-lifecycle.ts';

interface OrderUpdatedArgs {
  id: string;
  accessToken?: string | null;
}

@Resolver()
export class OrderSubscriptions {
  @Subscription(() => Order, {
    nullable: true,
    subscribe: ({ args, context }) => followOrder(context as Context, args as OrderUpdatedArgs),
    description:
      'The order now, then once for every later status, in order, until it is DELIVERED, CANCELLED or RETURNED. Fields of every\n' +
      'subgraph may be selected. Served over graphql-transport-ws on /graphql.',
  })
  orderUpdated(
    @Root() order: Order | null,
    @Arg('id', () => ID) _id: string,
    @Ctx() _context: Context,
    @Arg('accessToken', () => String, { nullable: true }) _accessToken?: string | null,
  ): Order | null {
    return order;
  }
}

/**
 * The present state first, then one event a status. A wake-up only says that there is something to read: what is sent
 * comes from `order_event`, read from the last version on, so that nothing is lost, doubled or out of order.
 */
function followOrder(context: Context, { id, accessToken }: OrderUpdatedArgs): AsyncIterableIterator<Order | null> {
  let last: { version: number; status: string } | null = null;
  return followChanges<Order | null>({
    topic: `order:${id}`,
    async read() {
      if (last && !(await changedSince(id, last.version)).length) return { items: [] };
      const [record] = await loadOrders([id]);
      if (!record || neverWas(record) || !maySee(context, { id, customerId: record.customer_id }, accessToken)) {
        return { items: [null], end: true };
      }
      const unseen = last ? record.events.filter(({ seq }) => seq > last!.version) : record.events.slice(-1);
      const items: Order[] = [];
      for (const event of unseen) {
        if (event.status !== last?.status) items.push(toOrder(asOf(record, event)));
        last = { version: event.seq, status: event.status };
      }
      return { items, end: isFinal(record.status) };
    },
  });
}

/** The order as it was at an event: its status then, and the history up to it. */
function asOf(record: OrderRecord, event: EventRecord): OrderRecord {
  return {
    ...record,
    version: event.seq,
    status: event.status,
    payment_status: event.payment_status,
    fulfillment_status: event.fulfillment_status,
    updated_at: new Date(event.at),
    events: record.events.filter(({ seq }) => seq <= event.seq),
  };
}

const changedSince = database.statement('orders.changed-since', 'SELECT 1 FROM orders WHERE id = $1 AND version > $2');
