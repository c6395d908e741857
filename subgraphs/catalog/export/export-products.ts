import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { imageUrl } from '#platform/files/image-url.ts';
import { money, toDecimal } from '#platform/money/money.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { database } from '../database.ts';
import type { Editor } from '../editing/editor.ts';
import { statesOf } from '../editing/product.records.ts';
import { pathsOfCategories } from '../import/category-paths.ts';
import { htmlOfText, safeCell } from '../import/cells.ts';
import { COLUMNS, FIELDS, type Field } from '../import/columns.ts';
import { type ProductState, soldVariants } from '../rules/product-state.ts';

/** How many of each variant there are, where somebody knows; asked a page of products at a time. */
export type StockOnHand = (variantIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;

const UNKNOWN: StockOnHand = async () => new Map();

/**
 * All products that the editor may edit, as Shopify's product CSV, a few at a time: `importProducts` reads it back, and
 * in this shop that changes nothing.
 */
export async function exportCsv(editor: Editor, stockOnHand: StockOnHand = UNKNOWN): Promise<Readable> {
  const categories = await pathsOfCategories();
  const rows = Readable.from(
    (async function* () {
      for await (const page of productPages(editor)) {
        const pictures = await picturesByProduct(page.map(({ id }) => id));
        const onHand = await stockOnHand(page.flatMap((product) => soldVariants(product).map(({ id }) => id)));
        for (const product of page)
          yield* rowsOf(product, { categories, pictures: pictures.get(product.id) ?? [], onHand });
      }
    })(),
  );
  const header = FIELDS.map((field) => COLUMNS[field][0]);
  const csv = stringify({ header: true, columns: header });
  rows.on('error', (reason) => csv.destroy(reason));
  csv.on('close', () => rows.destroy());
  return rows.pipe(csv);
}

/** Everything in the catalog, a JSON object a line: sellers, categories with parents first, products with their variants. */
export function exportJsonLines(editor: Editor): Readable {
  return Readable.from(
    (async function* () {
      for (const seller of await sellers(editor.sellerIds)) yield line('seller', seller);
      for (const category of await categories()) yield line('category', category);
      for await (const page of productPages(editor)) for (const product of page) yield line('product', product);
    })(),
  );
}

const line = (type: string, thing: object): string =>
  `${JSON.stringify({ type, ...thing }, (_, value) => (typeof value === 'bigint' ? decimal(value) : value))}\n`;

const decimal = (minor: bigint): string => toDecimal(money(minor, SHOP.currency));

const AT_ONCE = 200;

/** Those that the editor may edit, some at a time, by the order of their ids. */
export async function* productPages({ sellerIds }: Editor): AsyncGenerator<ProductState[]> {
  for (let after = ''; ; ) {
    const page = await statesOf(sellerIds, after, AT_ONCE);
    yield page;
    if (page.length < AT_ONCE) return;
    after = page.at(-1)!.id;
  }
}

const sellers = database.statement<{ id: string; handle: string; name: string }>(
  'catalog.export-sellers',
  'SELECT id, handle, name FROM seller WHERE $1::text[] IS NULL OR id = ANY($1) ORDER BY id',
);

const categories = database.statement<object>(
  'catalog.export-categories',
  `WITH RECURSIVE tree AS (
     SELECT *, 0 AS depth FROM category WHERE parent_id IS NULL
     UNION ALL SELECT c.*, tree.depth + 1 FROM category c JOIN tree ON c.parent_id = tree.id)
   SELECT id, handle, title, description, translations, parent_id AS "parentId", position FROM tree
   ORDER BY depth, position, id`,
);

interface Picture {
  readonly url: string;
  readonly alt: string;
}

/** In the order shown: those of others at the address they came from, which an import knows again. */
export async function picturesByProduct(productIds: readonly string[]): Promise<Map<string, Picture[]>> {
  const found = new Map<string, Picture[]>();
  for (const { product_id, key, url, alt } of await pictures(productIds)) {
    const ofProduct = found.get(product_id) ?? [];
    found.set(product_id, [...ofProduct, { url: url ?? imageUrl(key!), alt }]);
  }
  return found;
}

/** Those still to be fetched stand last; those that were given up are none. */
const pictures = database.statement<{ product_id: string; key: string | null; url: string | null; alt: string }>(
  'catalog.export-pictures',
  `SELECT i.product_id, i.key, r.url, i.alt, i.position, i.id
   FROM image i LEFT JOIN image_request r ON r.image_id = i.id WHERE i.product_id = ANY($1::text[])
   UNION ALL SELECT product_id, NULL, url, alt, 1000000 + position, id
   FROM image_request WHERE product_id = ANY($1::text[]) AND image_id IS NULL AND due_at IS NOT NULL
   ORDER BY product_id, position, id`,
);

interface Beside {
  readonly categories: ReadonlyMap<string, string>;
  readonly pictures: readonly Picture[];
  readonly onHand: ReadonlyMap<string, number>;
}

/** The first row has what is the product's own, each one variant and one picture, as far as there are some. */
function* rowsOf(product: ProductState, { categories, pictures, onHand }: Beside): Generator<string[]> {
  const own: Cells = {
    title: product.title,
    description: htmlOfText(product.description),
    brand: product.brand ?? '',
    category: (product.categoryId && categories.get(product.categoryId)) ?? '',
    tags: product.tags.join(', '),
    published: product.published ? 'TRUE' : 'FALSE',
    status: product.published ? 'Active' : 'Draft',
    giftCard: product.giftCard ? 'TRUE' : 'FALSE',
    seoTitle: product.seoTitle ?? '',
    seoDescription: product.seoDescription ?? '',
  };
  const variants = soldVariants(product);
  for (let at = 0; at < Math.max(variants.length, pictures.length); at++) {
    const [variant, picture] = [variants[at], pictures[at]];
    const row: Cells = {
      ...(at === 0 && own),
      ...(variant && variantCells(product, variant, at === 0, onHand.get(variant.id))),
      ...(picture && { imageUrl: picture.url, imagePosition: String(at + 1), imageAlt: picture.alt }),
      handle: product.handle,
    };
    yield FIELDS.map((field) => safeCell(row[field] ?? ''));
  }
}

type Cells = Partial<Record<Field, string>>;

function variantCells(
  product: ProductState,
  variant: ProductState['variants'][number],
  isFirst: boolean,
  onHand: number | undefined,
): Cells {
  return {
    ...optionCells(product, variant.options, isFirst),
    sku: variant.sku,
    price: decimal(variant.price),
    compareAtPrice: variant.compareAtPrice === null ? '' : decimal(variant.compareAtPrice),
    weightGrams: String(variant.weightGrams),
    onHand: onHand === undefined ? '' : String(onHand),
  };
}

function optionCells(
  product: ProductState,
  chosen: ProductState['variants'][number]['options'],
  isFirst: boolean,
): Cells {
  if (product.options.length === 0) return { option1Name: isFirst ? 'Title' : '', option1Value: 'Default Title' };
  const cells = product.options.map(({ name }, at) => ({
    [`option${at + 1}Name`]: isFirst ? name : '',
    [`option${at + 1}Value`]: chosen.find((option) => option.name === name)?.value ?? '',
  }));
  return Object.assign({}, ...cells);
}
