import { allocate, fraction, money, parseDecimal, toDecimal } from '#platform/money/money.ts';
import type { LineRecord, OrderRecord } from '../order.records.ts';
import { invoiceConfig } from './config.ts';

export interface PostalAddress {
  name: string;
  line1: string;
  line2?: string | null;
  postalCode: string;
  city: string;
  region?: string | null;
  country: string;
}

/** A row of the table; amounts are decimals of the document's currency. */
export interface InvoiceLine {
  title: string;
  /** Beside the title, in small: options and SKU. */
  detail: string;
  quantity: number;
  unitPrice: string;
  total: string;
}

/** All that a document says, kept as it was issued: what the shop, the order or a product becomes later does not reach it. */
export interface InvoiceContent {
  kind: 'INVOICE' | 'CREDIT_NOTE';
  seller: { shop: string; address: string[]; taxId: string | null };
  billingAddress: PostalAddress;
  deliveryAddress: PostalAddress;
  email: string;
  orderNumber: string;
  /** RFC 3339. */
  orderedAt: string;
  paidAt: string | null;
  currency: string;
  lines: InvoiceLine[];
  /** Between lines and total, e.g. Delivery. */
  sums: { title: string; amount: string }[];
  total: string;
  taxIncluded: boolean;
  taxes: { title: string; rate: string; amount: string }[];
  /** Of a credit note: the invoice that it lowers or cancels. */
  corrects: { number: string; issuedAt: string } | null;
  /** Why money goes back. */
  reason: string | null;
}

type Head = Pick<
  InvoiceContent,
  | 'seller'
  | 'billingAddress'
  | 'deliveryAddress'
  | 'email'
  | 'orderNumber'
  | 'orderedAt'
  | 'paidAt'
  | 'currency'
  | 'taxIncluded'
>;

const headOf = (order: OrderRecord): Head => ({
  seller: { shop: invoiceConfig.shopName, address: invoiceConfig.sellerAddress, taxId: invoiceConfig.sellerTaxId },
  billingAddress: order.billing_address,
  deliveryAddress: order.delivery_address,
  email: order.email,
  orderNumber: order.number,
  orderedAt: order.placed_at.toISOString(),
  paidAt: order.paid_at?.toISOString() ?? null,
  currency: order.currency,
  taxIncluded: order.tax_included,
});

/** The invoice of an order as it is. */
export function invoiceOf(order: OrderRecord): InvoiceContent {
  const decimal = (minor: bigint) => toDecimal(money(minor, order.currency));
  return {
    ...headOf(order),
    kind: 'INVOICE',
    lines: order.lines.map((line) => lineOf(line, decimal)),
    sums: [
      { title: 'Subtotal', amount: decimal(order.subtotal) },
      ...(order.discount > 0n ? [{ title: 'Discount', amount: decimal(-order.discount) }] : []),
      { title: `Delivery, ${order.delivery_option.title}`, amount: decimal(order.shipping) },
      ...(order.tax_included ? [] : [{ title: 'Tax', amount: decimal(order.tax) }]),
    ],
    total: decimal(order.total),
    taxes: order.tax_lines.map(({ title, rate, amount }) => ({ title, rate, amount: amount.amount })),
    corrects: null,
    reason: null,
  };
}

/** Takes a whole invoice back: every amount of it, negative. */
export const cancellationOf = (
  invoice: InvoiceContent,
  corrects: NonNullable<InvoiceContent['corrects']>,
  reason: string,
): InvoiceContent => ({
  ...invoice,
  kind: 'CREDIT_NOTE',
  lines: invoice.lines.map((line) => ({ ...line, quantity: -line.quantity, total: negative(line.total) })),
  sums: invoice.sums.map(({ title, amount }) => ({ title, amount: negative(amount) })),
  total: negative(invoice.total),
  taxes: invoice.taxes.map((tax) => ({ ...tax, amount: negative(tax.amount) })),
  corrects,
  reason,
});

/** What a refund takes back of an invoice; the tax within it is what the whole has of each rate, in proportion. */
export function creditOf(
  order: OrderRecord,
  refund: { amount: bigint; reason: string | null },
  corrects: NonNullable<InvoiceContent['corrects']>,
): InvoiceContent {
  const decimal = (minor: bigint) => toDecimal(money(minor, order.currency));
  const taxes = order.tax_lines.map(({ rate, amount }) => ({
    rate,
    minor: parseDecimal(amount.amount, order.currency)?.minor ?? 0n,
  }));
  const tax =
    order.total > 0n
      ? fraction(money(order.tax, order.currency), refund.amount, order.total)
      : money(0n, order.currency);
  const shares = taxes.some(({ minor }) => minor > 0n)
    ? allocate(
        tax,
        taxes.map(({ minor }) => minor),
      )
    : taxes.map(() => money(0n, order.currency));
  const amount = decimal(-refund.amount);
  return {
    ...headOf(order),
    kind: 'CREDIT_NOTE',
    lines: [{ title: 'Refund', detail: refund.reason ?? '', quantity: 1, unitPrice: amount, total: amount }],
    sums: [],
    total: amount,
    taxes: order.tax_lines.map(({ title, rate }, i) => ({ title, rate, amount: decimal(-(shares[i]?.minor ?? 0n)) })),
    corrects,
    reason: refund.reason,
  };
}

const lineOf = (line: LineRecord, decimal: (minor: bigint) => string): InvoiceLine => ({
  title: line.title,
  detail: [...line.options.map(({ value }) => value), line.sku].join(' · '),
  quantity: line.quantity,
  unitPrice: decimal(BigInt(line.unit_price)),
  total: decimal(BigInt(line.total)),
});

const negative = (amount: string): string =>
  amount.startsWith('-') ? amount.slice(1) : /[1-9]/.test(amount) ? `-${amount}` : amount;
