import type { Context } from '#platform/graphql/context.ts';
import { money, parseDecimal, sum, times, toDecimal } from '#platform/money/money.ts';
import { log } from '#platform/telemetry/log.ts';
import { type VariantForSale, variantsForSale } from '#subgraphs/catalog/contracts/variants-for-sale.ts';
import { type StockLevel, stockLevels } from '#subgraphs/inventory/contracts/stock.ts';
import { type Quote, type QuoteInput, quote } from '#subgraphs/pricing/contracts/quote.ts';
import {
  type DeliveryOptionFor,
  type DeliveryOptionsInput,
  deliveryOptionsFor,
} from '#subgraphs/shipping/contracts/delivery-options-for.ts';
import type { CartRecord } from './cart.records.ts';
import { BY_MAIL } from './contracts/checkout.ts';
import { ratesOfNow } from './currency-of-cart.ts';

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
  isGiftCard: boolean;
  /** False when it cannot be bought any more. */
  sellable: boolean;
  /** The catalog knows it, or could not be asked. */
  exists: boolean;
}

export interface Parcel {
  weightGrams: number;
  totalQuantity: number;
  subtotal: { amount: string; currency: string };
}

/** What a cart holds and costs now. Each part is asked for when it is first needed, and once. */
export interface PricedCart {
  lines(): Promise<PricedLine[]>;
  /** Of what is sent: gift cards are mailed. */
  parcel(): Promise<Parcel>;
  /** Null when none is chosen, or the chosen one is not offered any more. */
  deliveryOption(): Promise<DeliveryOptionFor | null>;
  /** The chosen delivery is not offered any more. */
  isDeliveryGone(): Promise<boolean>;
  quote(): Promise<Quote>;
}

/**
 * For looking at: with the catalog down a cart is shown with the titles and prices it remembers, with shipping down
 * without the price of the delivery.
 */
export function priceCart(context: Context, cart: CartRecord): PricedCart {
  let priced = PRICED.get(cart);
  if (!priced) {
    priced = price(context, cart, orInstead);
    PRICED.set(cart, priced);
  }
  return priced;
}

/** For buying: nothing is remembered or left out, so what cannot be asked is a fault. `ratesAt` is null for now's. */
export const priceForOrder = (context: Context, cart: CartRecord, ratesAt: string | null = null): PricedCart =>
  price(context, cart, (asked) => asked, ratesAt);

const PRICED = new WeakMap<CartRecord, PricedCart>();

type Fallback = <T>(asked: Promise<T>, what: string) => Promise<T | null>;

const orInstead: Fallback = (asked, what) =>
  asked.catch((reason) => {
    log.warn({ err: reason }, `A cart is shown ${what}`);
    return null;
  });

function price(context: Context, cart: CartRecord, fallback: Fallback, at: string | null = null): PricedCart {
  const ratesAt = once(async () => at ?? ratesOfNow(context, cart.currency));
  const ids = cart.lines.map(({ variantId }) => variantId);
  const lines = once(async () =>
    linesNow(
      cart,
      await fallback(
        ratesAt().then((moment) => forSale(context, ids, cart.currency, moment)),
        'with the prices it remembers: the catalog cannot be asked',
      ),
    ),
  );
  const parcel = once(async () => parcelOf(await lines(), cart.currency));
  const deliveryOption = once(async () => chosenOption(context, cart, parcel, ratesAt));
  const isDeliveryGone = once(async () => {
    const offered = deliveryOption().then((option) => option !== null);
    return (
      isDeliveryChosen(cart) &&
      (await fallback(offered, 'as if its delivery were offered: shipping cannot be asked')) === false
    );
  });
  const quoted = once(async () => {
    const option = await fallback(deliveryOption(), 'without its delivery: shipping cannot be asked');
    const { quote: answer } = await context.ask(quote, {
      input: quoteInput(cart, await lines(), option, await ratesAt()),
    });
    return answer;
  });
  return { lines, parcel, deliveryOption, isDeliveryGone, quote: quoted };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** `known` is null where the catalog cannot be asked. */
const linesNow = (cart: CartRecord, known: (VariantForSale | null)[] | null): PricedLine[] =>
  cart.lines.map((line, i) => {
    const now = known?.[i];
    const remembered = { amount: toDecimal(money(BigInt(line.unitPrice), cart.currency)), currency: cart.currency };
    return {
      ...line,
      title: now?.title ?? line.title,
      unitPrice: now?.unitPrice ?? remembered,
      weightGrams: now?.weightGrams ?? line.weightGrams,
      options: now?.options ?? [],
      imageUrl: now?.imageUrl ?? null,
      isGiftCard: now?.isGiftCard ?? line.isGiftCard ?? false,
      sellable: known ? (now?.sellable ?? false) : true,
      exists: known ? Boolean(now) : true,
    };
  });

function parcelOf(all: readonly PricedLine[], currency: string): Parcel {
  const lines = all.filter(({ isGiftCard }) => !isGiftCard);
  const totals = lines.map(({ unitPrice, quantity }) => times(parseDecimal(unitPrice.amount, currency)!, quantity));
  return {
    weightGrams: lines.reduce((grams, line) => grams + line.weightGrams * line.quantity, 0),
    totalQuantity: lines.reduce((pieces, line) => pieces + line.quantity, 0),
    subtotal: { amount: toDecimal(sum(totals, currency)), currency },
  };
}

export const isDeliveryChosen = (cart: CartRecord): boolean =>
  cart.delivery_option_id !== null && cart.delivery_address !== null;

/** Whether there is anything to send: gift cards alone are mailed. By what the cart remembers, which asks nobody. */
export const requiresShipping = ({ lines }: CartRecord): boolean =>
  lines.length === 0 || lines.some(({ isGiftCard }) => !isGiftCard);

/** How gift cards are delivered. */
const byMail = (currency: string): DeliveryOptionFor => ({
  ...{ id: BY_MAIL, title: 'By e-mail', estimatedDays: { min: 0, max: 0 } },
  price: { amount: toDecimal(money(0n, currency)), currency },
});

async function chosenOption(
  context: Context,
  cart: CartRecord,
  parcel: () => Promise<Parcel>,
  ratesAt: () => Promise<string | null>,
): Promise<DeliveryOptionFor | null> {
  if (!requiresShipping(cart)) return byMail(cart.currency);
  if (!isDeliveryChosen(cart)) return null;
  const options = await optionsFor(context, cart, await parcel(), await ratesAt());
  return options.find(({ id }) => id === cart.delivery_option_id) ?? null;
}

/** What shipping offers for this cart's address, weight and worth. */
export async function optionsFor(
  context: Context,
  { currency, delivery_address: address }: CartRecord,
  parcel: Parcel,
  ratesAt: string | null = null,
): Promise<DeliveryOptionFor[]> {
  if (!address) return [];
  const input: DeliveryOptionsInput = {
    currency,
    country: address.country,
    region: address.region,
    postalCode: address.postalCode,
    weightGrams: parcel.weightGrams,
    totalQuantity: parcel.totalQuantity,
    subtotal: parcel.subtotal.amount,
    ratesAt,
  };
  return context.loader(loadOptions).load(JSON.stringify(input));
}

const loadOptions = (inputs: readonly string[], context: Context): Promise<DeliveryOptionFor[][]> =>
  Promise.all(
    inputs.map(
      async (input) => (await context.ask(deliveryOptionsFor, { input: JSON.parse(input) })).deliveryOptionsFor,
    ),
  );

const quoteInput = (
  cart: CartRecord,
  lines: readonly PricedLine[],
  deliveryOption: DeliveryOptionFor | null,
  ratesAt: string | null,
): QuoteInput => ({
  currency: cart.currency,
  ratesAt,
  codes: cart.discount_codes,
  customerId: cart.customer_id,
  email: cart.email,
  country: cart.delivery_address?.country ?? null,
  region: cart.delivery_address?.region ?? null,
  postalCode: cart.delivery_address?.postalCode ?? null,
  shipping: deliveryOption?.price ?? null,
  lines: lines.map(({ id, productId, categoryIds, sellerId, quantity, unitPrice, isGiftCard }) => ({
    lineId: id,
    productId,
    categoryIds,
    sellerId,
    quantity,
    unitPrice,
    ...(isGiftCard && { isGiftCard }),
  })),
});

/** In the order of `ids`; null where the catalog does not know one. One call a request and currency. */
export const forSale = (
  context: Context,
  ids: readonly string[],
  currency: string,
  ratesAt: string | null,
): Promise<(VariantForSale | null)[]> => {
  const money = `${currency} ${ratesAt ?? ''}`;
  // Postgres refuses NUL even in a question.
  return Promise.all(ids.map((id) => (id.includes('\0') ? null : context.loader(loadForSale).load(`${id} ${money}`))));
};

/** Keys are a variant, a currency and the moment of its rates. */
async function loadForSale(keys: readonly string[], context: Context): Promise<(VariantForSale | null)[]> {
  const wanted = keys.map((key) => {
    const [ratesAt, currency, ...id] = key.split(' ').reverse();
    return { id: id.reverse().join(' '), currency: currency!, ratesAt: ratesAt || null };
  });
  const answers = new Map<string, VariantForSale | null>();
  const moneys = new Map(
    wanted.map(({ currency, ratesAt }) => [`${currency} ${ratesAt ?? ''}`, { currency, ratesAt }]),
  );
  for (const [money, { currency, ratesAt }] of moneys) {
    const ids = wanted.filter((each) => `${each.currency} ${each.ratesAt ?? ''}` === money).map(({ id }) => id);
    const { variantsForSale: found } = await context.ask(variantsForSale, { ids, currency, ratesAt });
    for (const [i, id] of ids.entries()) answers.set(`${id} ${money}`, found[i] ?? null);
  }
  return keys.map((key) => answers.get(key) ?? null);
}

/** How many of each can still be promised; null where inventory cannot be asked. One call a request. */
export const stockOf = (context: Context, variantIds: readonly string[]): Promise<(StockLevel | null)[]> =>
  Promise.all(
    variantIds.map((id) =>
      context
        .loader(loadStock)
        .load(id)
        .catch(() => null),
    ),
  );

async function loadStock(variantIds: readonly string[], context: Context): Promise<StockLevel[]> {
  return (await context.ask(stockLevels, { variantIds: [...variantIds] })).stockLevels;
}
