/** What a shopper has chosen so far, by the option's name. */
export type Choice = Readonly<Record<string, string>>;

interface Stock {
  readonly inStock: boolean;
  readonly quantity: number | null;
  readonly lowStock: boolean;
  readonly backorderable: boolean;
}

interface ChoosableVariant {
  readonly id: string;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly availability: Stock | null;
}

/** Whether the variant may be put into a cart. Unknown stock is not a refusal: placing the order decides. */
export function isBuyable({
  availability,
}: {
  readonly availability: Pick<Stock, 'inStock' | 'backorderable'> | null;
}): boolean {
  return !availability || availability.inStock || availability.backorderable;
}

/** Where a product page starts: the variant asked for, else the first that can be bought. */
export function firstVariant<V extends ChoosableVariant>(variants: readonly V[], wantedId?: string): V | undefined {
  return variants.find((variant) => variant.id === wantedId) ?? variants.find(isBuyable) ?? variants[0];
}

export function choiceOf(variant: ChoosableVariant | undefined): Choice {
  return Object.fromEntries((variant?.options ?? []).map(({ name, value }) => [name, value]));
}

export function variantOf<V extends ChoosableVariant>(variants: readonly V[], choice: Choice): V | undefined {
  return variants.find(({ options }) => options.every(({ name, value }) => choice[name] === value));
}

/** What becomes of `choice` with another value: the nearest variant that exists, so that no dead end can be reached. */
export function choose<V extends ChoosableVariant>(
  variants: readonly V[],
  choice: Choice,
  name: string,
  value: string,
): Choice {
  const wanted = { ...choice, [name]: value };
  const exact = variantOf(variants, wanted);
  if (exact) return wanted;
  const offered = variants.filter(({ options }) =>
    options.some((option) => option.name === name && option.value === value),
  );
  return choiceOf(firstVariant(offered));
}

export type OfferState = 'offered' | 'sold-out' | 'not-made';

/** Whether one value, with the rest of the choice left as it is, leads to something that can be bought. */
export function offerState<V extends ChoosableVariant>(
  variants: readonly V[],
  choice: Choice,
  name: string,
  value: string,
): OfferState {
  const variant = variantOf(variants, { ...choice, [name]: value });
  if (!variant) return 'not-made';
  return isBuyable(variant) ? 'offered' : 'sold-out';
}

export interface StockWords {
  readonly words: string;
  readonly tone: 'leaf' | 'clay' | 'muted';
}

/** Of what lies in no stock. */
export const MAILED: StockWords = { words: 'Mailed to you as soon as it is paid', tone: 'leaf' };

/** The stock as a sentence: exact only when it is about to run out. */
export function stockWords(availability: Stock | null): StockWords {
  if (!availability) return { words: 'We will check the stock when you order', tone: 'muted' };
  if (!availability.inStock) {
    return availability.backorderable
      ? { words: 'Made to order, sent a little later', tone: 'muted' }
      : { words: 'Sold out for now', tone: 'clay' };
  }
  if (!availability.lowStock) return { words: 'In stock', tone: 'leaf' };
  const { quantity } = availability;
  return {
    words: quantity === null ? 'Only a few left' : quantity === 1 ? 'Only 1 left' : `Only ${quantity} left`,
    tone: 'clay',
  };
}
