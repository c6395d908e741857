import type pg from 'pg';
import { type Lease, LeaseLost, type SagaRow, type StoredRefusal } from '#platform/saga/saga-store.ts';
import { checkoutConfig } from '../checkout/config.ts';
import { database } from '../database.ts';
import type { LineRecord, OrderRecord } from '../order.records.ts';
import type { Order, PaymentStatus } from '../order.type.ts';

/** What an edit changes of an order: its lines and what they cost, amounts in minor units. */
export interface OrderContent {
  lines: LineRecord[];
  subtotal: string;
  discount: string;
  shipping: string;
  tax: string;
  total: string;
  taxIncluded: boolean;
  taxLines: Order['cost']['taxLines'];
  deliveryOption: Order['deliveryOption'];
  paymentStatus: PaymentStatus;
}

export interface EditRecord {
  id: string;
  order_id: string;
  key: string;
  request_hash: string;
  state: 'OPEN' | 'APPLIED' | 'WITHDRAWN';
  written: boolean;
  actor: string;
  reason: string;
  before: OrderContent;
  after: OrderContent | null;
  difference: bigint;
  payment: EditPayment | null;
  tries: number;
  declined: string | null;
}

/** How an edit is being paid, and how it was: then without the token. */
export interface EditPayment {
  chargeId: string;
  key: string;
  token?: string;
  provider?: string | null;
}

/** What an edit's saga was begun with: see `edit-order.ts`. */
export interface EditInput {
  orderId: string;
  lines: { lineId: string; quantity: number }[];
  add: { variantId: string; quantity: number }[];
  notify: boolean;
}

export const contentOf = (record: OrderRecord): OrderContent => ({
  lines: record.lines,
  subtotal: `${record.subtotal}`,
  discount: `${record.discount}`,
  shipping: `${record.shipping}`,
  tax: `${record.tax}`,
  total: `${record.total}`,
  taxIncluded: record.tax_included,
  taxLines: record.tax_lines,
  deliveryOption: record.delivery_option,
  paymentStatus: record.payment_status,
});

export const editById = async (id: string): Promise<EditRecord | null> => (await byId(id))[0] ?? null;
export const editByKey = async (orderId: string, key: string): Promise<EditRecord | null> =>
  (await byKey(orderId, key))[0] ?? null;
/** The last edit of an order. */
export const lastEdit = async (orderId: string): Promise<EditRecord | null> => (await last(orderId))[0] ?? null;

/**
 * Takes the order for an edit, at exactly this version, and begins its saga: null when it is not as it was, or in another
 * edit's hands.
 */
export async function beginEdit(
  edit: Pick<EditRecord, 'id' | 'key' | 'request_hash' | 'actor' | 'reason'>,
  record: OrderRecord,
  input: EditInput,
): Promise<SagaRow | null> {
  const { id, key, request_hash: hash, actor, reason } = edit;
  const before = JSON.stringify(contentOf(record));
  return (
    (await begin(record.id, record.version, id, key, hash, actor, reason, before, JSON.stringify(input)))[0] ?? null
  );
}

/** Where an edit's saga is. */
export const editProgress = database.statement<
  Pick<SagaRow, 'state' | 'step' | 'fence'> & { refusal: StoredRefusal | null }
>('orders.edit-progress', `SELECT state, step, fence, refusal FROM saga WHERE id = $1 AND name = 'edit'`);

/** A write of a step in one transaction that moves the saga on; it holds only for who holds the lease. */
export async function writeStep(
  { id, fence }: Lease,
  from: string | null,
  to: { step: string } | { state: 'DONE' } | null,
  write: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  await database.transaction(async (client) => {
    const { rowCount } = await client.query(
      `SELECT FROM saga WHERE id = $1 AND name = 'edit' AND fence = $2 AND ($3::text IS NULL OR (step = $3 AND state = 'RUNNING')) FOR UPDATE`,
      [id, fence, from],
    );
    if (!rowCount) throw new LeaseLost(`The lease on the edit ${id} is lost.`);
    await write(client);
    if (to) {
      await client.query(
        `UPDATE saga SET step = coalesce($2, step), state = coalesce($3, state), attempts = 1, bugs = 1, updated_at = now(),
           lease_until = now() + make_interval(secs => ${checkoutConfig.leaseMs / 1_000}) WHERE id = $1 AND name = 'edit'`,
        [id, 'step' in to ? to.step : null, 'state' in to ? to.state : null],
      );
    }
  });
}

const byId = database.statement<EditRecord>('orders.edit-by-id', 'SELECT * FROM order_edit WHERE id = $1');
const byKey = database.statement<EditRecord>(
  'orders.edit-by-key',
  'SELECT * FROM order_edit WHERE order_id = $1 AND key = $2',
);
const last = database.statement<EditRecord>(
  'orders.last-edit',
  'SELECT * FROM order_edit WHERE order_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1',
);

// An order that is being cancelled is not edited; where both begin at once, shipping holds for one of them only.
const begin = database.statement<SagaRow>(
  'orders.begin-edit',
  `WITH o AS (
     UPDATE orders SET edit_id = $3, updated_at = now()
     WHERE id = $1 AND version = $2 AND edit_id IS NULL AND status IN ('CONFIRMED', 'PREPARING')
       AND payment_status IN ('PAID', 'PARTIALLY_REFUNDED')
       AND NOT EXISTS (SELECT FROM saga s WHERE s.id = $1 AND s.name = 'cancel' AND s.state NOT IN ('DONE', 'REFUSED'))
     RETURNING id),
   e AS (
     INSERT INTO order_edit (id, order_id, key, request_hash, actor, reason, before)
     SELECT $3, o.id, $4, $5, $6, $7, $8::jsonb FROM o)
   INSERT INTO saga (id, name, step, state, lease_until, input)
   SELECT $3, 'edit', 'hold', 'RUNNING', now() + make_interval(secs => ${checkoutConfig.leaseMs / 1_000}), $9::jsonb FROM o
   RETURNING id, step, state, fence, input, refusal, false AS overdue`,
);
