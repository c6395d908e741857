import type pg from 'pg';
import { newId } from '#platform/database/id.ts';
import { database } from '../database.ts';
import { loadOrders, type OrderRecord } from '../order.records.ts';
import { cancellationOf, creditOf, type InvoiceContent, invoiceOf } from './invoice-content.ts';
import { hasInvoice } from './invoice-link.ts';

/** A document as it was issued. */
export interface IssuedInvoice {
  id: string;
  number: string;
  issued_at: Date;
  content: InvoiceContent;
}

/**
 * An order's invoice, or a refund's credit note, issued when it is first asked for, so that buying does not wait for a
 * number. Null where there is none: before the order is paid, and while a change of it is.
 */
export async function issuedFor(id: string): Promise<IssuedInvoice | null> {
  const [refund] = id.startsWith('ref') ? await refundById(id) : [];
  const [order] = await loadOrders([refund?.order_id ?? id]);
  if (!order || !hasInvoice(order)) return null;
  return database.transaction(async (client) => {
    const invoice = await invoiceNow(client, order);
    if (refund) return creditNote(client, order, refund, invoice);
    return order.status === 'CANCELLED' ? cancellation(client, order, invoice, 'Order cancelled') : invoice;
  });
}

/** The invoice of the order as it is; one of the order as it was before an edit is taken back first. */
async function invoiceNow(client: pg.PoolClient, order: OrderRecord): Promise<IssuedInvoice> {
  const subject = `order:${order.id}:${order.edits}`;
  return issue(client, 'INVOICE', order.id, subject, async () => {
    const { rows } = await client.query<IssuedInvoice>(
      `SELECT id, number, issued_at, content FROM invoice i WHERE order_id = $1 AND kind = 'INVOICE'
         AND NOT EXISTS (SELECT FROM invoice c WHERE c.subject = 'invoice:' || i.id)`,
      [order.id],
    );
    for (const former of rows) await cancellation(client, order, former, 'Order changed');
    return invoiceOf(order);
  });
}

const cancellation = (client: pg.PoolClient, order: OrderRecord, invoice: IssuedInvoice, reason: string) =>
  issue(client, 'CREDIT_NOTE', order.id, `invoice:${invoice.id}`, async () =>
    cancellationOf(invoice.content, correcting(invoice), reason),
  );

const creditNote = (
  client: pg.PoolClient,
  order: OrderRecord,
  refund: { id: string; amount: bigint; reason: string | null },
  invoice: IssuedInvoice,
) =>
  issue(client, 'CREDIT_NOTE', order.id, `refund:${refund.id}`, async () =>
    creditOf(order, refund, correcting(invoice)),
  );

const correcting = ({ number, issued_at }: IssuedInvoice) => ({ number, issuedAt: issued_at.toISOString() });

const SERIES = { INVOICE: 'INV', CREDIT_NOTE: 'CN' } as const;

/**
 * Issues a document once a subject. The series' row is held until the transaction ends: whoever else wants a number waits
 * for it, and a number that was not used is not taken.
 */
async function issue(
  client: pg.PoolClient,
  kind: InvoiceContent['kind'],
  orderId: string,
  subject: string,
  contentOf: () => Promise<InvoiceContent>,
): Promise<IssuedInvoice> {
  const known = await bySubject(client, subject);
  if (known) return known;
  const series = `${SERIES[kind]}-${new Date().getUTCFullYear()}`;
  await client.query(
    'INSERT INTO invoice_series (name, last) VALUES ($1, 0) ON CONFLICT (name) DO UPDATE SET last = invoice_series.last',
    [series],
  );
  // Anew, now that nobody else can issue it.
  const meanwhile = await bySubject(client, subject);
  if (meanwhile) return meanwhile;
  const content = await contentOf();
  const { rows } = await client.query<IssuedInvoice>(
    `WITH s AS (UPDATE invoice_series SET last = last + 1 WHERE name = $4 RETURNING last)
     INSERT INTO invoice (id, order_id, kind, number, subject, content)
     SELECT $1, $2, $3, $4 || '-' || lpad(last::text, 6, '0'), $5, $6::jsonb FROM s RETURNING id, number, issued_at, content`,
    [newId('inv'), orderId, kind, series, subject, JSON.stringify(content)],
  );
  return rows[0]!;
}

async function bySubject(client: pg.PoolClient, subject: string): Promise<IssuedInvoice | null> {
  const { rows } = await client.query<IssuedInvoice>(
    'SELECT id, number, issued_at, content FROM invoice WHERE subject = $1',
    [subject],
  );
  return rows[0] ?? null;
}

const refundById = database.statement<{ id: string; order_id: string; amount: bigint; reason: string | null }>(
  'orders.refund-for-credit-note',
  `SELECT id, order_id, amount, reason FROM refund WHERE id = $1 AND status <> 'RUNNING'`,
);
