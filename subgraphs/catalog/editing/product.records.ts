import type pg from 'pg';
import { database } from '../database.ts';
import type { ProductState, VariantState } from '../rules/product-state.ts';

/**
 * Locks products until the transaction ends, in the order of their ids, so that no two editors wait crosswise. Deleted ones
 * are not found. Variants are read by a second statement: an editor who waited must see what the other one wrote.
 */
export async function lockProducts(client: pg.PoolClient, ids: readonly string[]): Promise<Map<string, ProductState>> {
  if (ids.length === 0) return new Map();
  const { rows: products } = await client.query<ProductRow>(LOCK, [ids]);
  const { rows: variants } = await client.query<VariantRow>(VARIANTS, [products.map(({ id }) => id)]);
  return put(products, variants);
}

/** Products by the order of their ids, a page at a time, without a lock; of these sellers, or of all. */
export async function statesOf(
  sellerIds: readonly string[] | null,
  after: string,
  limit: number,
): Promise<ProductState[]> {
  const products = await nextProducts(sellerIds, after, limit);
  const variants = await variantsOf(products.map(({ id }) => id));
  return [...put(products, variants).values()];
}

type ProductRow = Omit<ProductState, 'variants'>;

function put(products: readonly ProductRow[], variants: readonly VariantRow[]): Map<string, ProductState> {
  const found = new Map(products.map((product) => [product.id, { ...product, variants: [] as VariantState[] }]));
  for (const { productId, price, compareAtPrice, ...variant } of variants) {
    const exact = { price: BigInt(price), compareAtPrice: compareAtPrice === null ? null : BigInt(compareAtPrice) };
    found.get(productId)?.variants.push({ ...variant, ...exact });
  }
  return found;
}

interface VariantRow extends Omit<VariantState, 'price' | 'compareAtPrice'> {
  readonly productId: string;
  readonly price: string | bigint;
  readonly compareAtPrice: string | bigint | null;
}

const STATE_COLUMNS = `id, version, handle, title, description, brand, tags, category_id AS "categoryId",
  seller_id AS "sellerId", options, seo_title AS "seoTitle", seo_description AS "seoDescription", translations, gift_card AS "giftCard", published,
  publish_at AS "publishAt", deleted_at IS NOT NULL AS deleted`;

const LOCK = `SELECT ${STATE_COLUMNS} FROM product WHERE id = ANY($1::text[]) AND deleted_at IS NULL
  ORDER BY id COLLATE "C" FOR UPDATE`;

const VARIANTS = `SELECT product_id AS "productId", id, sku, title, options, price, compare_at_price AS "compareAtPrice",
    weight_grams AS "weightGrams", published
  FROM variant WHERE product_id = ANY($1::text[]) ORDER BY published DESC, position, id`;

const nextProducts = database.statement<ProductRow>(
  'catalog.next-products',
  `SELECT ${STATE_COLUMNS} FROM product
   WHERE deleted_at IS NULL AND ($1::text[] IS NULL OR seller_id = ANY($1)) AND id > $2 ORDER BY id LIMIT $3::int`,
  'values',
);

const variantsOf = database.statement<VariantRow>('catalog.variants-of', VARIANTS);
