import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeInvoiceGrant } from '#subgraphs/orders/invoices/invoice-link.ts';
import { issuedFor } from '#subgraphs/orders/invoices/issue-invoice.ts';
import { readInvoice } from '#subgraphs/orders/invoices/read-invoice.ts';
import { renderInvoice } from '#subgraphs/orders/invoices/render-invoice.ts';
import { customer, type Desk, openDesk } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const YEAR = new Date().getUTCFullYear();

async function paidOrder(): Promise<{ id: string; accessToken: string }> {
  const { order, accessToken } = await desk.place({ cartId: desk.neighbors.fillCart().id });
  await desk.deliver();
  return { id: order!.id, accessToken: accessToken! };
}

interface Links {
  invoiceUrl: string | null;
  creditNotes: { id: string; amount: { amount: string }; url: string }[];
}

async function linksOf(
  id: string,
  accessToken?: string,
  viewer = customer('cus_staff', 'orders:read'),
): Promise<Links | null> {
  const { data } = await desk.ask<{ order: Links | null }>(
    'query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) { invoiceUrl creditNotes { id amount { amount } url } } }',
    { id, accessToken },
    viewer,
  );
  return data!.order;
}

const read = (url: string) => {
  const { pathname, searchParams } = new URL(url);
  return readInvoice(pathname.replace(/^\/invoices\/|\.pdf$/g, ''), searchParams.get('grant')!);
};

/** The numbers of a series, as they were given out. */
const numbers = async (kind: string) =>
  (
    await desk.sql<{ number: string }>('orders', 'SELECT number FROM invoice WHERE kind = $1 ORDER BY number', [kind])
  ).map(({ number }) => number);

const refundOf = async (orderId: string, amount: number, status = 'SUCCEEDED') => {
  const id = `ref_${Math.random().toString(36).slice(2)}`;
  await desk.sql(
    'orders',
    'INSERT INTO refund (id, order_id, key, request_hash, amount, reason, status) VALUES ($1, $2, $1, $1, $3, $4, $5)',
    [id, orderId, amount, 'Scratched', status],
  );
  return id;
};

describe('39: links', () => {
  test('none before the order is paid; then a PDF, the same bytes each time', async () => {
    const { order } = await desk.place({ cartId: desk.neighbors.fillCart().id });
    expect(await linksOf(order!.id)).toEqual({ invoiceUrl: null, creditNotes: [] });
    expect(await readInvoice(order!.id, makeInvoiceGrant(order!.id))).toBeNull();
    await desk.deliver();
    const { invoiceUrl } = (await linksOf(order!.id))!;
    const pdf = await read(invoiceUrl!);
    expect(pdf!.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf!.length).toBeLessThan(200_000);
    expect(await read(invoiceUrl!)).toEqual(pdf);
  });

  test('without a grant, with that of another, or an old one, there is nothing', async () => {
    const [mine, other] = [await paidOrder(), await paidOrder()];
    const late = makeInvoiceGrant(mine.id, Date.now() - 601_000);
    for (const grant of ['', 'x', makeInvoiceGrant(other.id), late, `zzzzzzzzz.${late.split('.')[1]}`])
      expect(await readInvoice(mine.id, grant)).toBeNull();
    expect(await linksOf(mine.id, undefined, customer('cus_x'))).toBeNull();
    expect(await readInvoice('ord_gone', makeInvoiceGrant('ord_gone'))).toBeNull();
  });
});

test('numbers have no gaps, whoever asks how often and whatever fails meanwhile; one order has one', async () => {
  const before = (await numbers('INVOICE')).length;
  const orders = await Promise.all(Array.from({ length: 8 }, () => paidOrder()));
  const issued = await Promise.all(orders.flatMap(({ id }) => [issuedFor(id), issuedFor(id), issuedFor(id)]));
  for (const [i, document] of issued.entries()) expect(document).toEqual(issued[i - (i % 3)]);
  // One that fails after it took its number.
  const failing = await paidOrder();
  await desk.sql('orders', "ALTER TABLE invoice ADD CONSTRAINT fails CHECK (kind <> 'INVOICE') NOT VALID");
  await expect(issuedFor(failing.id)).rejects.toThrow('fails');
  await desk.sql('orders', 'ALTER TABLE invoice DROP CONSTRAINT fails');
  await issuedFor(failing.id);
  expect(await numbers('INVOICE')).toEqual(
    Array.from({ length: before + 9 }, (_, i) => `INV-${YEAR}-${`${i + 1}`.padStart(6, '0')}`),
  );
});

test('it says what was bought, and keeps saying it whatever becomes of the order', async () => {
  const { id } = await paidOrder();
  const first = (await issuedFor(id))!;
  expect(first.content).toMatchObject({
    kind: 'INVOICE',
    billingAddress: { name: 'Ada Lovelace', postalCode: '10119' },
    currency: 'EUR',
    lines: [{ title: 'Lamp', detail: 'Blue · LAMP-BLUE', quantity: 2, unitPrice: '20.00', total: '40.00' }],
    sums: [
      { title: 'Subtotal', amount: '40.00' },
      { title: 'Delivery, Standard', amount: '4.90' },
    ],
    total: '44.90',
    taxes: [{ title: 'VAT', rate: '0.19', amount: '6.66' }],
    corrects: null,
  });
  await desk.sql('orders', "UPDATE order_line SET title = 'Torch' WHERE order_id = $1", [id]);
  expect(await issuedFor(id)).toEqual(first);
});

describe('credit notes', () => {
  test('a refund has one with a number of its own series; while it is being made it has none', async () => {
    const { id } = await paidOrder();
    const refund = await refundOf(id, 1_000);
    const running = await refundOf(id, 500, 'RUNNING');
    const { creditNotes } = (await linksOf(id))!;
    expect(creditNotes).toMatchObject([{ id: refund, amount: { amount: '10.00' } }]);
    const before = (await numbers('CREDIT_NOTE')).length;
    const notes = await Promise.all([issuedFor(refund), issuedFor(refund)]);
    expect(notes[0]).toEqual(notes[1]);
    expect(notes[0]).toMatchObject({
      number: `CN-${YEAR}-${`${before + 1}`.padStart(6, '0')}`,
      content: {
        kind: 'CREDIT_NOTE',
        total: '-10.00',
        taxes: [{ amount: '-1.48' }],
        reason: 'Scratched',
        corrects: { number: (await issuedFor(id))!.number },
      },
    });
    expect((await read(creditNotes[0]!.url))!.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await issuedFor(running)).toBeNull();
  });

  test('an edit takes the former invoice back and has a new one; a cancelled order has what takes its invoice back', async () => {
    const { id } = await paidOrder();
    const first = (await issuedFor(id))!;
    await desk.sql('orders', 'UPDATE orders SET edits = 1, total = 2490 WHERE id = $1', [id]);
    const second = (await issuedFor(id))!;
    expect(second.content).toMatchObject({ kind: 'INVOICE', total: '24.90' });
    const [back] = await desk.sql<{ content: object }>('orders', 'SELECT content FROM invoice WHERE subject = $1', [
      `invoice:${first.id}`,
    ]);
    expect(back?.content).toMatchObject({
      total: '-44.90',
      lines: [{ quantity: -2, total: '-40.00' }],
      corrects: { number: first.number },
      reason: 'Order changed',
    });
    await desk.sql('orders', "UPDATE orders SET status = 'CANCELLED' WHERE id = $1", [id]);
    const last = (await issuedFor(id))!;
    expect(last.content).toMatchObject({ kind: 'CREDIT_NOTE', total: '-24.90', corrects: { number: second.number } });
    expect(await issuedFor(id)).toEqual(last);
  });

  test('while what an edit made due is not paid there is none', async () => {
    const { id } = await paidOrder();
    await desk.sql('orders', 'UPDATE orders SET balance = 100 WHERE id = $1', [id]);
    expect(await issuedFor(id)).toBeNull();
  });
});

test('a page of any length and any letters renders: 250 lines, letters that no font has, amounts of every currency', async () => {
  const { id } = await paidOrder();
  const issued = (await issuedFor(id))!;
  const [line] = issued.content.lines;
  const lines = Array.from({ length: 250 }, (_, i) => ({
    ...line!,
    title: ['Łódź ąęś', '東京 🏮', 'שלום', 'x'.repeat(400), 'Tiếng Việt'][i % 5]!,
    detail: '',
  }));
  const content = {
    ...issued.content,
    currency: 'KWD',
    total: '1234567.890',
    lines,
    billingAddress: { ...issued.content.billingAddress, name: '\u0000\u202e' },
  };
  const pdf = await renderInvoice({ ...issued, content });
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(15);
  expect(pdf.length).toBeLessThan(500_000);
});
