import { handleOf } from '../rules/product-texts.ts';
import type { ProductWish } from '../rules/revise-product.ts';
import type { VariantWish } from '../rules/revise-variants.ts';
import { textOfHtml } from './cells.ts';
import { COLUMNS, type Field } from './columns.ts';
import type { Header, ImportProblem, Row, RowsOfProduct } from './read-products.ts';

/** What the rows of a product ask for, or why they cannot be read. */
export interface RowsWish {
  readonly wish: ProductWish;
  /** As the file names it; where it leads is the importer's to know. */
  readonly category: string | null;
  readonly published: boolean | null;
  /** Whether it is a gift card; read for a product that is new. */
  readonly giftCard: boolean;
  /** The row of each variant of the wish. */
  readonly variantRows: readonly Row[];
  /** First stock by SKU. */
  readonly onHand: ReadonlyMap<string, number>;
  /** Pictures that lie elsewhere, in the order shown. */
  readonly images: readonly { readonly row: Row; readonly url: string; readonly alt: string }[];
  readonly problems: readonly ImportProblem[];
}

const OPTIONS = [
  ['option1Name', 'option1Value'],
  ['option2Name', 'option2Value'],
  ['option3Name', 'option3Value'],
] as const;

/** Shopify's word for a product without options. */
const NO_OPTION = { name: 'Title', value: 'Default Title' };

/** A column that the file does not have leaves what it would say as it is; an empty cell of one that it has says "none". */
export function wishOfRows({ handle, rows }: RowsOfProduct, header: Header, currency: string): RowsWish {
  const first = rows[0]!;
  const has = (field: Field) => header.columns.has(field);
  const cell = (field: Field) => first.cells[field]?.trim() ?? '';
  const problems: ImportProblem[] = [];
  const variantRows = rows.filter(isVariant);
  const onHand = new Map<string, number>();
  const names = OPTIONS.map(([name]) => cell(name));
  const variants = variantRows.map((row): VariantWish => {
    const { wish, stock } = readVariant(row, handle, names, currency, header, problems);
    if (stock !== null) onHand.set(wish.sku, stock);
    return wish;
  });
  return {
    wish: {
      handle,
      title: cell('title') || undefined,
      description: has('description') ? textOfHtml(first.cells.description ?? '') : undefined,
      brand: has('brand') ? cell('brand') : undefined,
      tags: has('tags') ? readTags(cell('tags')) : undefined,
      variants,
      seo: {
        title: has('seoTitle') ? cell('seoTitle') : undefined,
        description: has('seoDescription') ? cell('seoDescription').replaceAll(/\s+/g, ' ') : undefined,
      },
    },
    category: cell('category') || null,
    giftCard: /^true$/i.test(cell('giftCard')),
    published: has('published') || has('status') ? isPublished(cell('published'), cell('status')) : null,
    images: readImages(rows),
    ...{ variantRows, onHand, problems },
  };
}

/** By their positions; those without one stay where they stand in the file. */
function readImages(rows: RowsOfProduct['rows']): RowsWish['images'] {
  const images = rows.flatMap((row, at) => {
    const url = row.cells.imageUrl?.trim();
    const position = Number.parseInt(row.cells.imagePosition ?? '', 10) || at + 1;
    return url ? [{ row, url, alt: row.cells.imageAlt?.trim() ?? '', position }] : [];
  });
  return images.sort((a, b) => a.position - b.position);
}

/** Further rows may hold a picture only. */
const isVariant = ({ cells }: Row, at: number): boolean =>
  at === 0 || Boolean(cells.sku?.trim() || cells.price?.trim() || cells.option1Value?.trim());

const readTags = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);

const isPublished = (published: string, status: string): boolean =>
  !/^false$/i.test(published) && (status === '' || /^active$/i.test(status));

function readVariant(
  row: Row,
  handle: string,
  names: readonly string[],
  currency: string,
  header: Header,
  problems: ImportProblem[],
): { wish: VariantWish; stock: number | null } {
  const cell = (field: Field) => row.cells[field]?.trim() ?? '';
  const options = OPTIONS.flatMap(([, field], at) => {
    const chosen = { name: names[at] ?? '', value: cell(field) };
    if (!chosen.value || (chosen.name === NO_OPTION.name && chosen.value === NO_OPTION.value)) return [];
    return [{ ...chosen, name: chosen.name || `Option ${at + 1}` }];
  });
  const whole = (field: 'weightGrams' | 'onHand'): number | null => {
    const text = cell(field);
    if (text === '') return null;
    // Shopify writes grams as 300.0.
    if (/^-?\d{1,9}(?:\.0*)?$/.test(text)) return Math.max(0, Number.parseInt(text, 10));
    const column = header.columns.get(field) ?? null;
    problems.push({ line: row.line, column, code: 'NUMBER_INVALID', message: `${text} is no whole number.` });
    return null;
  };
  const price = cell('price');
  const before = cell('compareAtPrice');
  // Shopify has what a thing cost before also where it costs as much now, or nothing.
  const isReduced = before !== '' && !(Number(before) <= Number(price));
  return {
    wish: {
      sku: cell('sku') || skuOf(handle, options),
      options,
      price: { amount: price, currency },
      compareAtPrice: isReduced ? { amount: before, currency } : null,
      weightGrams: whole('weightGrams'),
    },
    stock: whole('onHand'),
  };
}

/** Shopify's variants need no SKU; here one is made that is the same at every import. */
const skuOf = (handle: string, options: readonly { value: string }[]): string =>
  [handle, ...options.map(({ value }) => handleOf(value))].join('-').slice(0, 120);

/** The column of the file that a refusal's path means, and the row. */
export function placeOf(
  path: readonly string[] | undefined,
  rows: RowsOfProduct['rows'],
  variantRows: readonly Row[],
  header: Header,
): { line: number; column: string | null } {
  const [, field = '', at, ofVariant = ''] = path ?? [];
  const row = field === 'variants' ? (variantRows[Number(at)] ?? rows[0]!) : rows[0]!;
  const named = field === 'variants' ? ofVariant : field;
  const known: Field | null =
    named === 'options' ? 'option1Value' : named === 'seo' ? 'seoTitle' : named in COLUMNS ? (named as Field) : null;
  return { line: row.line, column: known && (header.columns.get(known) ?? COLUMNS[known][0]) };
}
