import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { money, parseDecimal, sum, times, toDecimal } from '#platform/money/money.ts';
import type { Step } from '#platform/saga/saga.ts';
import { type VariantForSale, variantsForSale } from '#subgraphs/catalog/contracts/variants-for-sale.ts';
import { type Quote, quote } from '#subgraphs/pricing/contracts/quote.ts';
import { deliveryOptionsFor } from '#subgraphs/shipping/contracts/delivery-options-for.ts';
import type { LineRecord, OrderRecord } from '../order.records.ts';
import type { Order } from '../order.type.ts';
import { keptLines } from '../rules/edited-lines.ts';
import { editById, type OrderContent, writeStep } from './edit.records.ts';
import type { EditState } from './edit-state.ts';

/**
 * What the order will be: lines that stay keep the price they were bought at, new ones cost what they cost today; tax
 * and delivery follow the rules that carts are quoted by.
 */
export const priceEdit: Step<EditState> = {
  name: 'price',
  joins: true,
  recordsNext: true,
  async do(state, lease) {
    const after = await contentAfter(state);
    const difference = BigInt(after.total) - BigInt(state.edit.before.total);
    checkRefundable(state.order, difference);
    await writeStep(lease, 'hold', { step: 'stock' }, async (client) => {
      await client.query('UPDATE order_edit SET after = $2, difference = $3 WHERE id = $1', [
        ...[state.edit.id, JSON.stringify(after), difference.toString()],
      ]);
    });
    state.edit = (await editById(state.edit.id))!;
  },
};

async function contentAfter({ context, order, edit, input }: EditState): Promise<OrderContent> {
  const kept = keptLines(edit.before.lines, input.lines, input.add);
  const ids = [...kept.map(({ variant_id }) => variant_id), ...input.add.map(({ variantId }) => variantId)];
  // At the rates of the order, so that what does not change costs what it did.
  const ratesAt = order.placed_at.toISOString();
  const { variantsForSale: known } = await context.ask(variantsForSale, { ids, currency: order.currency, ratesAt });
  const position = Math.max(-1, ...edit.before.lines.map((line) => line.position)) + 1;
  const added = input.add.map(({ quantity }, i) => newLine(order, known[kept.length + i], quantity, position + i, i));
  const lines = [...kept, ...added];
  const deliveryOption = await deliveryNow(context, order, lines);
  const { quote: priced } = await context.ask(quote, {
    input: {
      currency: order.currency,
      ratesAt,
      codes: order.discount_codes,
      codesAreHeld: true,
      customerId: order.customer_id,
      email: order.email,
      country: order.delivery_address.country,
      region: order.delivery_address.region ?? null,
      postalCode: order.delivery_address.postalCode,
      shipping: deliveryOption.price,
      lines: lines.map((line, i) => ({
        lineId: line.id,
        productId: line.product_id,
        categoryIds: known[i]?.categoryIds ?? [],
        sellerId: line.seller_id,
        quantity: line.quantity,
        unitPrice: { amount: decimal(line.unit_price, order.currency), currency: order.currency },
      })),
    },
  });
  return { ...contentFrom(priced, lines), deliveryOption, paymentStatus: edit.before.paymentStatus };
}

function contentFrom(
  priced: Quote,
  lines: readonly LineRecord[],
): Omit<OrderContent, 'deliveryOption' | 'paymentStatus'> {
  return {
    lines: lines.map((line) => {
      const { discount, tax, total } = priced.lines.find(({ lineId }) => lineId === line.id)!;
      return { ...line, discount: minor(discount), tax: minor(tax), total: minor(total) };
    }),
    subtotal: minor(priced.subtotal),
    discount: minor(priced.discount),
    shipping: priced.shipping ? minor(priced.shipping) : '0',
    tax: minor(priced.tax),
    total: minor(priced.total),
    taxIncluded: priced.taxIncluded,
    taxLines: priced.taxLines,
  };
}

/** The option as bought, at its price for what the parcel weighs and is worth now; unchanged where it is not offered any more. */
async function deliveryNow(
  context: EditState['context'],
  order: OrderRecord,
  lines: readonly LineRecord[],
): Promise<Order['deliveryOption']> {
  const { currency, delivery_address: address, delivery_option: bought } = order;
  const worth = sum(
    lines.map((line) => times(money(BigInt(line.unit_price), currency), line.quantity)),
    currency,
  );
  const { deliveryOptionsFor: offered } = await context.ask(deliveryOptionsFor, {
    input: {
      ...{ currency, country: address.country, region: address.region ?? null, postalCode: address.postalCode },
      weightGrams: lines.reduce((grams, line) => grams + line.weight_grams * line.quantity, 0),
      totalQuantity: lines.reduce((pieces, line) => pieces + line.quantity, 0),
      subtotal: toDecimal(worth),
      ratesAt: order.placed_at.toISOString(),
    },
  });
  return offered.find(({ id }) => id === bought.id) ?? bought;
}

function newLine(
  order: OrderRecord,
  found: VariantForSale | null | undefined,
  quantity: number,
  position: number,
  at: number,
): LineRecord {
  if (!found?.sellable) {
    throw new Refusal('VARIANT_UNAVAILABLE', 'This product is not for sale.', {
      path: ['input', 'add', `${at}`, 'variantId'],
    });
  }
  if (found.isGiftCard) {
    throw new Refusal('VARIANT_UNAVAILABLE', 'A gift card cannot be added to an order: it is sold in a new one.', {
      path: ['input', 'add', `${at}`, 'variantId'],
    });
  }
  return {
    id: newId('line'),
    order_id: order.id,
    position,
    variant_id: found.variantId,
    product_id: found.productId,
    seller_id: found.sellerId,
    sku: found.sku,
    title: found.title,
    options: found.options,
    image_url: found.imageUrl,
    quantity,
    weight_grams: found.weightGrams,
    gift_card: false,
    shipped: 0,
    refunded: 0,
    unit_price: minor(found.unitPrice),
    discount: '0',
    tax: '0',
    total: '0',
  };
}

/** What was given back beyond the total cannot be given back again. */
function checkRefundable({ total, refunded, edit_refunded: byEdits, currency }: OrderRecord, difference: bigint): void {
  const paid = total - (refunded - byEdits);
  if (-difference <= paid) return;
  throw new Refusal(
    'AMOUNT_TOO_LARGE',
    `Of this order only ${toDecimal(money(paid, currency))} ${currency} can still be given back.`,
    {
      path: ['input', 'lines'],
    },
  );
}

const decimal = (amount: string, currency: string): string => toDecimal(money(BigInt(amount), currency));

function minor({ amount, currency }: { amount: string; currency: string }): string {
  const parsed = parseDecimal(amount, currency);
  if (!parsed) throw new Error(`${amount} is no amount of ${currency}.`);
  return parsed.minor.toString();
}
