import { randomUUID } from 'node:crypto';
import type { Viewer } from '#platform/auth/viewer.ts';
import { fulfillmentsMoved } from '#subgraphs/shipping/contracts/fulfillments-moved.event.ts';
import { customer, type Desk } from './desk.ts';

export const STAFF = customer('cus_staff', 'orders:read', 'orders:write');

export interface ShownOrder {
  status: string;
  paymentStatus: string;
  version: number;
  cost: { total: { amount: string }; refunded: { amount: string } };
  history: { type: string; message: string }[];
  returns: { id: string; status: string; lines: { quantity: number }[] }[];
}

export interface Answer<Payload> {
  userErrors: { code: string; path: string[] | null; available: number | null }[];
  order: Payload;
}

export interface ReturnAnswer {
  userErrors: { code: string; path: string[] | null; available: number | null }[];
  return: { id: string; status: string; order: { status: string } } | null;
}

const ORDER = `status paymentStatus version cost { total { amount } refunded { amount } } history { type message }
  returns { id status lines { quantity line { id } } }`;
const ERRORS = 'userErrors { code path available }';
const RETURN = `return { id status order { status } } ${ERRORS}`;

/** Orders after they were paid. */
export function afterSale(desk: Desk) {
  /** Units that went on hand again, by the return or refund that brought them. */
  const restocked = new Map<string, { variantId: string; quantity: number }[]>();
  Object.assign(desk.neighbors.answers, {
    stockRestock: ({ input }: { input: { returnId: string; lines: { variantId: string; quantity: number }[] } }) => {
      restocked.set(input.returnId, input.lines);
      return { stockRestock: { restocked: true } };
    },
  });

  const mutate = async <Payload>(field: string, selection: string, input: object, viewer: Viewer | null) => {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input!`;
    const query = `mutation($input: ${type}) { ${field}(input: $input) { ${selection} } }`;
    const { data, errors } = await desk.ask<Record<string, Payload>>(query, { input }, viewer);
    if (errors || !data) throw new Error(errors?.[0]?.extensions?.code as string);
    return data[field]!;
  };

  return {
    restocked,
    /** What went back at the provider, oldest first, in minor units. */
    paidBack: async (id: string) =>
      (
        await desk.sql<{ amount: string }>(
          'payments',
          "SELECT amount FROM refund WHERE order_id = $1 AND status = 'SUCCEEDED' ORDER BY created_at, id",
          [id],
        )
      ).map(({ amount }) => BigInt(amount)),
    /** Three units at 20.00 and delivery at 4.90, paid. */
    async buy({ viewer = null as Viewer | null, unitPrice = 2_000n, quantity = 3, paid = true } = {}) {
      const cart = desk.neighbors.fillCart({ customerId: viewer?.customerId ?? null, unitPrice, quantity });
      const { order, accessToken } = await desk.place({ cartId: cart.id }, viewer);
      if (paid) await desk.deliver();
      const id = order!.id;
      const [line] = await desk.sql<{ id: string }>('orders', 'SELECT id FROM order_line WHERE order_id = $1', [id]);
      return { id, accessToken: accessToken!, lineId: line!.id };
    },
    /** So many units of its three arrive, as one parcel. */
    deliver: async ({ id, lineId }: { id: string; lineId: string }, units = 3, ordered = 3) => {
      const progress = {
        sequence: units,
        ordered,
        prepared: units,
        shipped: units,
        outForDelivery: units,
        delivered: units,
      };
      const lines = [{ lineId, variantId: 'var_any', quantity: units }];
      const move = { fulfillmentId: 'ful_1', orderId: id, at: new Date().toISOString(), lines, progress };
      await desk.hand(
        'orders-follow-shipment',
        fulfillmentsMoved({
          moves: [
            { ...move, status: 'SHIPPED' },
            { ...move, status: 'DELIVERED' },
          ],
        }),
      );
    },
    refund: (input: object, viewer: Viewer | null = STAFF) =>
      mutate<Answer<ShownOrder | null>>(
        'orderRefund',
        `order { ${ORDER} } ${ERRORS}`,
        { idempotencyKey: randomUUID(), ...input },
        viewer,
      ),
    request: (input: object, viewer: Viewer | null = null) =>
      mutate<ReturnAnswer>(
        'returnRequest',
        RETURN,
        { reason: 'Too big', idempotencyKey: randomUUID(), ...input },
        viewer,
      ),
    approve: (returnId: string, viewer = STAFF) => mutate<ReturnAnswer>('returnApprove', RETURN, { returnId }, viewer),
    reject: (returnId: string, reason: string | null = null) =>
      mutate<ReturnAnswer>('returnReject', RETURN, { returnId, reason }, STAFF),
    receive: (returnId: string, restock = false) =>
      mutate<ReturnAnswer>('returnReceive', RETURN, { returnId, restock }, STAFF),
    payBack: (returnId: string, amount: string | null = null) =>
      mutate<ReturnAnswer>('returnRefund', RETURN, { returnId, amount }, STAFF),
    async show(id: string) {
      const { data } = await desk.ask<{ order: ShownOrder }>(
        `query($id: ID!) { order(id: $id) { ${ORDER} } }`,
        { id },
        STAFF,
      );
      return data!.order;
    },
    announced: async (id: string, topic: string) =>
      (
        await desk.sql<{ payload: object }>(
          'orders',
          `SELECT payload FROM (SELECT DISTINCT ON (split_part(id, '-', 1)) payload, created_at FROM outbox
           WHERE topic = $2 AND payload ->> 'orderId' = $1) o ORDER BY created_at`,
          [id, topic],
        )
      ).map(({ payload }) => payload as Record<string, unknown>),
    units: async (id: string) =>
      (
        await desk.sql<{ shipped: number; returned: number; refunded: number }>(
          'orders',
          'SELECT shipped, returned, refunded FROM order_line WHERE order_id = $1',
          [id],
        )
      )[0],
  };
}
