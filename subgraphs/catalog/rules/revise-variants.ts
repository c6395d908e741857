import { Refusal } from '#platform/errors/refusal.ts';
import { parseDecimal } from '#platform/money/money.ts';
import { type ProductState, soldVariants, type VariantState } from './product-state.ts';
import { MOST, writtenLine } from './product-texts.ts';
import type { Making } from './revise-product.ts';

interface Amount {
  readonly amount: string;
  readonly currency: string;
}

export interface OptionWish {
  readonly name: string;
  readonly values: readonly string[];
}

export interface VariantWish {
  readonly id?: string | null | undefined;
  readonly sku: string;
  readonly title?: string | null | undefined;
  readonly options?: readonly { readonly name: string; readonly value: string }[] | null | undefined;
  readonly price: Amount;
  readonly compareAtPrice?: Amount | null | undefined;
  readonly weightGrams?: number | null | undefined;
}

const MOST_VARIANTS = 100;
/** As many as Shopify's product CSV has columns for. */
const MOST_OPTIONS = 3;
const MOST_VALUES = 100;
/** Of minor units: a line of 999 of them is still exact as a JSON number. */
const MOST_PRICE = 1_000_000_000_000n;
const MOST_GRAMS = 1_000_000;

/** Found again by its id, else by its SKU, also where it was sold no more; what is not wished for is sold no more. */
export function reviseVariants(
  present: readonly VariantState[],
  wishes: readonly VariantWish[],
  making: Making,
): VariantState[] {
  if (wishes.length === 0 || wishes.length > MOST_VARIANTS)
    throw refused('VARIANTS_INVALID', [], `A product has 1 to ${MOST_VARIANTS} variants. Unpublish it to sell none.`);
  const left = new Set(present);
  const kept = wishes.map((wish, at) => {
    const sku = writtenLine(wish.sku, MOST.line);
    if (!sku) throw refused('SKU_INVALID', [at, 'sku'], `Write a SKU in one line of at most ${MOST.line} characters.`);
    const found = find(left, wish.id, sku);
    if (wish.id != null && !found)
      throw refused('VARIANT_NOT_FOUND', [at, 'id'], 'This product has no such variant. Leave id out for a new one.');
    if (found) left.delete(found);
    return reviseVariant(found, sku, wish, at, making);
  });
  const bySku = new Set(kept.map(({ sku }) => sku));
  if (bySku.size < kept.length) {
    const at = kept.findIndex(({ sku }, i) => kept.some((other, j) => j < i && other.sku === sku));
    throw refused('SKU_TAKEN', [at, 'sku'], `Two variants have the SKU ${kept[at]!.sku}. Give each its own.`);
  }
  return [...kept, ...[...left].map((variant) => ({ ...variant, published: false }))];
}

function find(among: ReadonlySet<VariantState>, id: string | null | undefined, sku: string): VariantState | undefined {
  const all = [...among];
  if (id != null) return all.find((variant) => variant.id === id);
  const same = all.filter((variant) => variant.sku === sku);
  return same.find((variant) => variant.published) ?? same[0];
}

function reviseVariant(
  found: VariantState | undefined,
  sku: string,
  wish: VariantWish,
  at: number,
  making: Making,
): VariantState {
  const price = readPrice(wish.price, [at, 'price'], making.currency);
  const compareAtPrice = wish.compareAtPrice
    ? readPrice(wish.compareAtPrice, [at, 'compareAtPrice'], making.currency)
    : wish.compareAtPrice === null || !found
      ? null
      : found.compareAtPrice;
  if (compareAtPrice !== null && compareAtPrice <= price)
    throw refused(
      'PRICE_INVALID',
      [at, 'compareAtPrice'],
      'compareAtPrice must be above price; leave it out for none.',
    );
  const weightGrams = wish.weightGrams ?? found?.weightGrams ?? 0;
  if (weightGrams < 0 || weightGrams > MOST_GRAMS)
    throw refused('WEIGHT_INVALID', [at, 'weightGrams'], `weightGrams is between 0 and ${MOST_GRAMS}.`);
  const title = wish.title === undefined ? (found?.title ?? null) : writtenLine(wish.title ?? '', MOST.title);
  if (title === null && wish.title)
    throw refused('TITLE_INVALID', [at, 'title'], `Write a title in one line of at most ${MOST.title} characters.`);
  return {
    id: found?.id ?? making.newVariantId(),
    options: wish.options ? readOptions(wish.options, at) : (found?.options ?? []),
    ...{ sku, title: title || null, price, compareAtPrice, weightGrams, published: true },
  };
}

function readPrice(given: Amount, at: Path, currency: string): bigint {
  const parsed = given.currency === currency ? parseDecimal(given.amount, currency) : null;
  if (parsed && parsed.minor >= 0n && parsed.minor <= MOST_PRICE) return parsed.minor;
  throw refused('PRICE_INVALID', at, `A price is an amount in ${currency}, 0 or more, e.g. 19.99.`);
}

const readOptions = (options: NonNullable<VariantWish['options']>, at: number): VariantState['options'] =>
  options.slice(0, MOST_OPTIONS + 1).map(({ name, value }) => {
    const read = { name: writtenLine(name, MOST.line), value: writtenLine(value, MOST.line) };
    if (read.name && read.value) return { name: read.name, value: read.value };
    throw refused('OPTIONS_INVALID', [at, 'options'], 'Write each name and value of an option in one line.');
  });

/** As wished, else what the variants show: in the order known so far, then in that of the variants. */
export function reviseOptions(
  present: ProductState['options'],
  wished: readonly OptionWish[] | undefined,
  variants: readonly VariantState[] | null,
): ProductState['options'] {
  if (wished) {
    const told = wished.slice(0, MOST_OPTIONS + 1).map(({ name, values }) => ({
      name: writtenLine(name, MOST.line) ?? '',
      values: [...new Set(values.slice(0, MOST_VALUES + 1).map((value) => writtenLine(value, MOST.line) ?? ''))],
    }));
    const names = new Set(told.map(({ name }) => name));
    const isGood = told.every(({ name, values }) => name && values.length > 0 && values.every(Boolean));
    if (isGood && names.size === told.length && told.length <= MOST_OPTIONS && wished.every(isShort)) return told;
    const sentence = `A product has at most ${MOST_OPTIONS} options, each with a name of its own and 1 to ${MOST_VALUES} values.`;
    throw new Refusal('OPTIONS_INVALID', sentence, { path: ['input', 'options'] });
  }
  if (!variants) return present;
  const shown = new Map<string, Set<string>>();
  const used = variants.filter(({ published }) => published).flatMap(({ options }) => options);
  const isUsed = (name: string, value: string) => used.some((one) => one.name === name && one.value === value);
  for (const { name, values } of present) {
    const kept = values.filter((value) => isUsed(name, value));
    if (kept.length > 0) shown.set(name, new Set(kept));
  }
  for (const { name, value } of used) shown.set(name, (shown.get(name) ?? new Set()).add(value));
  return [...shown].map(([name, values]) => ({ name, values: [...values] }));
}

const isShort = ({ values }: OptionWish): boolean => values.length <= MOST_VALUES;

/** Every variant has one value of each option, and no two have the same. */
export function checkVariants(product: ProductState): void {
  const { options } = product;
  const seen = new Set<string>();
  if (options.length > MOST_OPTIONS)
    throw refused('OPTIONS_INVALID', [], `A product has at most ${MOST_OPTIONS} options.`);
  for (const [at, variant] of soldVariants(product).entries()) {
    const fits =
      variant.options.length === options.length &&
      options.every(({ name, values }) =>
        variant.options.some((chosen) => chosen.name === name && values.includes(chosen.value)),
      );
    const chosen = JSON.stringify(variant.options.map(({ value }) => value));
    const names = options.map(({ name }) => name).join(', ');
    if (!fits)
      throw refused(
        'OPTIONS_INVALID',
        [at, 'options'],
        names ? `${variant.sku} needs one value of each of ${names}.` : `${variant.sku} can have no options.`,
      );
    if (seen.has(chosen))
      throw refused('OPTIONS_INVALID', [at, 'options'], `${variant.sku} is the same as another variant.`);
    if (product.giftCard && variant.price === 0n)
      throw refused('PRICE_INVALID', [at, 'price'], 'A gift card is worth its price: it cannot be 0.');
    seen.add(chosen);
  }
}

type Path = readonly (string | number)[];

const refused = (code: string, at: Path, sentence: string) =>
  new Refusal(code, sentence, { path: ['input', 'variants', ...at.map(String)] });
