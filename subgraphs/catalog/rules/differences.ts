import type { ProductState, VariantState } from './product-state.ts';
import type { Translations } from './translated.ts';

/** One field before and after, as a person reads it; null where there was, or is, nothing. */
export interface Difference {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

const FIELDS = [
  ...(['handle', 'title', 'description', 'brand', 'tags', 'categoryId', 'sellerId', 'options'] as const),
  ...(['seoTitle', 'seoDescription', 'translations', 'published', 'publishAt', 'deleted'] as const),
] as const satisfies readonly (keyof ProductState)[];

const OF_VARIANT = ['sku', 'title', 'options', 'price', 'compareAtPrice', 'weightGrams', 'published'] as const;

/** What is otherwise; nothing when nothing is. Variants are named by their SKU, e.g. `variants.MUG-OAT.price`. */
export function differences(before: ProductState | null, after: ProductState): Difference[] {
  const ofProduct = compare(FIELDS, before, after, '');
  const known = new Map(before?.variants.map((variant) => [variant.id, variant]));
  const ofVariants = after.variants.flatMap((variant) =>
    compare(OF_VARIANT, known.get(variant.id) ?? null, variant, `variants.${variant.sku}.`),
  );
  const [was, is] = [orderOf(before), orderOf(after)];
  const isMoved = before !== null && was !== is && ofVariants.every(({ field }) => !field.endsWith('.published'));
  return [...ofProduct, ...ofVariants, ...(isMoved ? [{ field: 'variants', before: was, after: is }] : [])];
}

/** The variants that must be written again: those that differ, and all when their order does. */
export function writtenVariants(before: ProductState | null, after: ProductState): VariantState[] {
  const known = new Map(before?.variants.map((variant, at) => [variant.id, { variant, at }]));
  return after.variants.filter((variant, at) => {
    const was = known.get(variant.id);
    return !was || was.at !== at || compare(OF_VARIANT, was.variant, variant, '').length > 0;
  });
}

/** All of a category that can be edited. */
export interface CategoryState {
  readonly id: string;
  readonly handle: string;
  readonly title: string;
  readonly description: string | null;
  readonly translations: Translations;
  readonly parentId: string | null;
  /** Among its siblings. */
  readonly position: number;
}

const OF_CATEGORY = ['handle', 'title', 'description', 'translations', 'parentId', 'position'] as const;

export const categoryDifferences = (before: CategoryState | null, after: CategoryState): Difference[] =>
  compare(OF_CATEGORY, before, after, '');

const orderOf = (product: ProductState | null): string =>
  (product?.variants ?? []).flatMap(({ sku, published }) => (published ? [sku] : [])).join(', ');

function compare<Thing extends object>(
  fields: readonly (keyof Thing & string)[],
  before: Thing | null,
  after: Thing,
  prefix: string,
): Difference[] {
  return fields.flatMap((field) => {
    const [was, is] = [before && worded(before[field]), worded(after[field])];
    return was === is ? [] : [{ field: prefix + field, before: was, after: is }];
  });
}

function worded(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') return JSON.stringify(value, sorted);
  return String(value);
}

/** Postgres keeps the keys of an object in an order of its own. */
const sorted = (_key: string, value: unknown) =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
