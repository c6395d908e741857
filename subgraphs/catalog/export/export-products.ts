import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { money, toDecimal } from '#platform/money/money.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { database } from '../database.ts';
import type { Editor } from '../editing/editor.ts';
import { statesOf } from '../editing/product.records.ts';
import { pathsOfCategories } from '../import/category-paths.ts';
import { htmlOfText, safeCell } from '../import/cells.ts';
import { COLUMNS, EXPORTED, type Field } from '../import/columns.ts';
import { type ProductState, soldVariants } from '../rules/product-state.ts';

/** All products that the editor may edit, as Shopify's product CSV, a few at a time: `importProducts` reads it back. */
export async function exportCsv(editor: Editor): Promise<Readable> {
  const categories = await pathsOfCategories();
  const rows = Readable.from(
    (async function* () {
      for await (const product of products(editor)) yield* rowsOf(product, categories);
    })(),
  );
  const header = EXPORTED.map((field) => COLUMNS[field][0]);
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
      for await (const product of products(editor)) yield line('product', product);
    })(),
  );
}

const line = (type: string, thing: object): string =>
  `${JSON.stringify({ type, ...thing }, (_, value) => (typeof value === 'bigint' ? decimal(value) : value))}\n`;

const decimal = (minor: bigint): string => toDecimal(money(minor, SHOP.currency));

const AT_ONCE = 200;

async function* products({ sellerIds }: Editor): AsyncGenerator<ProductState> {
  for (let after = ''; ; ) {
    const page = await statesOf(sellerIds, after, AT_ONCE);
    yield* page;
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

/** The first row has what is the product's own, each one variant. */
function* rowsOf(product: ProductState, categories: ReadonlyMap<string, string>): Generator<string[]> {
  const own: Partial<Record<Field, string>> = {
    title: product.title,
    description: htmlOfText(product.description),
    brand: product.brand ?? '',
    category: (product.categoryId && categories.get(product.categoryId)) ?? '',
    tags: product.tags.join(', '),
    published: product.published ? 'TRUE' : 'FALSE',
    status: product.published ? 'Active' : 'Draft',
    seoTitle: product.seoTitle ?? '',
    seoDescription: product.seoDescription ?? '',
  };
  for (const [at, variant] of soldVariants(product).entries()) {
    const options = optionCells(product, variant.options, at === 0);
    const row: Partial<Record<Field, string>> = {
      ...(at === 0 && own),
      ...options,
      handle: product.handle,
      sku: variant.sku,
      price: decimal(variant.price),
      compareAtPrice: variant.compareAtPrice === null ? '' : decimal(variant.compareAtPrice),
      weightGrams: String(variant.weightGrams),
    };
    yield EXPORTED.map((field) => safeCell(row[field] ?? ''));
  }
}

function optionCells(
  product: ProductState,
  chosen: ProductState['variants'][number]['options'],
  isFirst: boolean,
): Partial<Record<Field, string>> {
  if (product.options.length === 0) return { option1Name: isFirst ? 'Title' : '', option1Value: 'Default Title' };
  const cells = product.options.map(({ name }, at) => ({
    [`option${at + 1}Name`]: isFirst ? name : '',
    [`option${at + 1}Value`]: chosen.find((option) => option.name === name)?.value ?? '',
  }));
  return Object.assign({}, ...cells);
}
