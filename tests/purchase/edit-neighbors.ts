import { money, parseDecimal, sum, times, toDecimal } from '#platform/money/money.ts';
import type { QuoteInput } from '#subgraphs/pricing/contracts/quote.ts';
import type { Desk } from './desk.ts';

interface Units {
  variantId: string;
  quantity: number;
}

/** What an edit asks of catalog, pricing, shipping and inventory, as their contracts promise it, in memory. */
export class EditNeighbors {
  /** What each variant costs today, in minor units; others are not for sale. */
  readonly prices = new Map<string, bigint>();
  readonly heldBy = new Map<string, string>();
  readonly resumed: { orderId: string; editId: string; lines: { lineId: string; quantity: number }[] | null }[] = [];
  readonly #desk: Desk;
  readonly #adjusted = new Set<string>();
  readonly #letGo = new Set<string>();

  constructor(desk: Desk) {
    this.#desk = desk;
    Object.assign(desk.neighbors.answers, this.#answers());
  }

  #answers() {
    return {
      fulfillmentsHold: ({ input: { orderId, editId } }: { input: { orderId: string; editId: string } }) => {
        const { left, stopped } = this.#desk.neighbors;
        const other = this.heldBy.get(orderId);
        const held =
          !left.has(orderId) && !stopped.has(orderId) && !this.#letGo.has(editId) && (!other || other === editId);
        if (held) this.heldBy.set(orderId, editId);
        return { fulfillmentsHold: { held } };
      },
      fulfillmentsResume: ({
        input,
      }: {
        input: { orderId: string; editId: string; lines: { lineId: string; quantity: number }[] | null };
      }) => {
        const first = !this.#letGo.has(input.editId);
        this.#letGo.add(input.editId);
        if (this.heldBy.get(input.orderId) === input.editId) this.heldBy.delete(input.orderId);
        if (first) this.resumed.push(input);
        return { fulfillmentsResume: { resumed: true } };
      },
      stockAdjust: ({ input }: { input: { orderId: string; adjustId: string; lines: Units[] } }) => ({
        stockAdjust: this.#adjust(input),
      }),
      variantsForSale: ({ ids, currency }: { ids: string[]; currency: string }) => ({
        variantsForSale: ids.map((id) => this.#forSale(id, currency)),
      }),
      deliveryOptionsFor: ({ input: { currency, subtotal } }: { input: { currency: string; subtotal: string } }) => {
        // Free from 100.00 on, as many a shop has it.
        const free = parseDecimal(subtotal, currency)!.minor >= 10_000n;
        const price = { amount: free ? '0.00' : '4.90', currency };
        return {
          deliveryOptionsFor: [{ id: 'standard', title: 'Standard', price, estimatedDays: { min: 2, max: 3 } }],
        };
      },
      quote: ({ input }: { input: QuoteInput }) => ({ quote: quoteOf(input) }),
    };
  }

  #adjust({ orderId, adjustId, lines }: { orderId: string; adjustId: string; lines: Units[] }) {
    const { reservations, available } = this.#desk.neighbors;
    const known = reservations.get(orderId);
    if (known?.state !== 'RESERVED') return { held: false, shortages: [] };
    if (this.#adjusted.has(adjustId)) return { held: true, shortages: [] };
    const had = (variantId: string) => known.lines.find((line) => line.variantId === variantId)?.quantity ?? 0;
    const shortages = lines
      .map(({ variantId, quantity }) => ({
        variantId,
        requested: quantity,
        available: (available.get(variantId) ?? 0) + had(variantId),
      }))
      .filter(({ requested, available }) => requested > available);
    if (shortages.length > 0) return { held: false, shortages };
    const all = new Set([...known.lines, ...lines].map(({ variantId }) => variantId));
    for (const variantId of all) {
      const want = lines.find((line) => line.variantId === variantId)?.quantity ?? 0;
      available.set(variantId, (available.get(variantId) ?? 0) + had(variantId) - want);
    }
    known.lines = lines;
    this.#adjusted.add(adjustId);
    return { held: true, shortages: [] };
  }

  #forSale(variantId: string, currency: string) {
    const price = this.prices.get(variantId);
    if (price === undefined) return null;
    return {
      ...{
        variantId,
        productId: 'prod_2',
        categoryIds: [],
        sellerId: 'sel_1',
        sku: variantId.toUpperCase(),
        title: 'Shade',
      },
      ...{ options: [], imageUrl: null, weightGrams: 100, sellable: true },
      unitPrice: { amount: toDecimal(money(price, currency)), currency },
    };
  }
}

/** Tax of 19 % within the prices. */
function quoteOf({ currency, lines, shipping }: QuoteInput) {
  const amount = (minor: bigint) => ({ amount: toDecimal(money(minor, currency)), currency });
  const priced = lines.map(({ lineId, quantity, unitPrice }) => {
    const total = times(parseDecimal(unitPrice.amount, currency)!, quantity).minor;
    return { lineId, discount: amount(0n), tax: amount(total / 6n), total: amount(total), minor: total };
  });
  const subtotal = sum(
    priced.map(({ minor }) => money(minor, currency)),
    currency,
  ).minor;
  const total = subtotal + (shipping ? parseDecimal(shipping.amount, currency)!.minor : 0n);
  return {
    lines: priced.map(({ minor: _, ...line }) => line),
    ...{
      subtotal: amount(subtotal),
      discount: amount(0n),
      shipping: shipping ?? null,
      tax: amount(total / 6n),
      taxIncluded: true,
    },
    ...{
      taxLines: [{ title: 'VAT', rate: '0.19', amount: amount(total / 6n) }],
      total: amount(total),
      isEstimate: false,
    },
  };
}
