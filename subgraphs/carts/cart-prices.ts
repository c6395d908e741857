import type { Context } from '#platform/graphql/context.ts';
import { money, parseDecimal, sum, times, toDecimal } from '#platform/money/money.ts';
import { log } from '#platform/telemetry/log.ts';
import { type VariantForSale, variantsForSale } from '#subgraphs/catalog/contracts/variants-for-sale.ts';
import { type StockLevel, stockLevels } from '#subgraphs/inventory/contracts/stock.ts';
import { type Quote, quote } from '#subgraphs/pricing/contracts/quote.ts';
import { type DeliveryOptionFor, deliveryOptionsFor } from '#subgraphs/shipping/contracts/delivery-options-for.ts';
import type { CartRecord } from './cart.records.ts';

/** A line as it is now: what the catalog says of it, or what the cart remembers where it cannot be asked. */
export interface PricedLine {
  id: string;
  variantId: string;
  quantity: number;
  title: string;
  sku: string;
  unitPrice: { amount: string; currency: string };
  weightGrams: number;
  productId: string;
  categoryIds: string[];
  sellerId: string;
  options: { name: string; value: string }[];
  imageUrl: string | null;
  /** False when it cannot be bought any more. */
  sellable: boolean;
  /** The catalog knows it, or could not be asked. */
  exists: boolean;
}

export interface PricedCart {
  lines: PricedLine[];
  parcel: { weightGrams: number; totalQuantity: number; subtotal: { amount: string; currency: string } };
  deliveryOption: DeliveryOptionFor | null;
  quote: Quote;
}

/** Currency of the shop: others come with a later release. */
export const CURRENCY = 'EUR';

/** What a cart holds and costs now, asked for once a request. */
export function priceCart(context: Context, cart: CartRecord): Promise<PricedCart> {
  let priced = PRICED.get(cart);
  if (!priced) {
    priced = price(context, cart);
    PRICED.set(cart, priced);
  }
  return priced;
}

const PRICED = new WeakMap<CartRecord, Promise<PricedCart>>();

async function price(context: Context, cart: CartRecord): Promise<PricedCart> {
  const lines = await linesNow(context, cart);
  const subtotal = sum(
    lines.map(({ unitPrice, quantity }) => times(parseDecimal(unitPrice.amount, unitPrice.currency)!, quantity)),
    cart.currency,
  );
  const parcel = {
    weightGrams: lines.reduce((grams, line) => grams + line.weightGrams * line.quantity, 0),
    totalQuantity: lines.reduce((pieces, line) => pieces + line.quantity, 0),
    subtotal: { amount: toDecimal(subtotal), currency: cart.currency },
  };
  const deliveryOption = await chosenOption(context, cart, parcel);
  const { quote: priced } = await context.ask(quote, {
    input: {
      currency: cart.currency,
      codes: [],
      customerId: cart.customer_id,
      email: cart.email,
      country: cart.delivery_address?.country ?? null,
      region: cart.delivery_address?.region ?? null,
      postalCode: cart.delivery_address?.postalCode ?? null,
      shipping: deliveryOption?.price ?? null,
      lines: lines.map(({ id, productId, categoryIds, sellerId, quantity, unitPrice }) => ({
        lineId: id,
        productId,
        categoryIds,
        sellerId,
        quantity,
        unitPrice,
      })),
    },
  });
  return { lines, parcel, deliveryOption, quote: priced };
}

/** A cart is read although the catalog is down: with the titles and prices that it remembers. */
async function linesNow(context: Context, cart: CartRecord): Promise<PricedLine[]> {
  const known = await forSale(
    context,
    cart.lines.map(({ variantId }) => variantId),
  ).catch((reason) => {
    log.warn({ err: reason }, 'A cart is shown with the prices it remembers: the catalog cannot be asked');
    return null;
  });
  return cart.lines.map((line, i) => {
    const now = known?.[i];
    const remembered = { amount: toDecimal(money(BigInt(line.unitPrice), cart.currency)), currency: cart.currency };
    return {
      ...line,
      title: now?.title ?? line.title,
      unitPrice: now?.unitPrice ?? remembered,
      weightGrams: now?.weightGrams ?? line.weightGrams,
      options: now?.options ?? [],
      imageUrl: now?.imageUrl ?? null,
      sellable: known ? (now?.sellable ?? false) : true,
      exists: known ? Boolean(now) : true,
    };
  });
}

async function chosenOption(
  context: Context,
  cart: CartRecord,
  parcel: PricedCart['parcel'],
): Promise<DeliveryOptionFor | null> {
  if (!cart.delivery_option_id || !cart.delivery_address) return null;
  const options = await optionsFor(context, cart, parcel);
  return options.find(({ id }) => id === cart.delivery_option_id) ?? null;
}

/** What shipping offers for this cart's address, weight and worth. */
export async function optionsFor(
  context: Context,
  { currency, delivery_address: address }: CartRecord,
  parcel: PricedCart['parcel'],
): Promise<DeliveryOptionFor[]> {
  if (!address) return [];
  const { deliveryOptionsFor: options } = await context.ask(deliveryOptionsFor, {
    input: {
      currency,
      country: address.country,
      region: address.region,
      postalCode: address.postalCode,
      weightGrams: parcel.weightGrams,
      totalQuantity: parcel.totalQuantity,
      subtotal: parcel.subtotal.amount,
    },
  });
  return options;
}

/** In the order of `ids`; null where the catalog does not know one. One call a request. */
export const forSale = (context: Context, ids: readonly string[]): Promise<(VariantForSale | null)[]> =>
  Promise.all(ids.map((id) => context.loader(loadForSale).load(id)));

async function loadForSale(ids: readonly string[], context: Context): Promise<(VariantForSale | null)[]> {
  return (await context.ask(variantsForSale, { ids: [...ids], currency: CURRENCY })).variantsForSale;
}

/** How many of each can still be promised; null where inventory cannot be asked. One call a request. */
export async function stockOf(context: Context, variantIds: readonly string[]): Promise<(StockLevel | null)[]> {
  return Promise.all(
    variantIds.map((id) =>
      context
        .loader(loadStock)
        .load(id)
        .catch(() => null),
    ),
  );
}

async function loadStock(variantIds: readonly string[], context: Context): Promise<StockLevel[]> {
  return (await context.ask(stockLevels, { variantIds: [...variantIds] })).stockLevels;
}
