import { database } from './database.ts';
import { Image, type ImageRow } from './image.type.ts';
import { Product, type ProductRow, Variant, type VariantRow } from './product.type.ts';
import type { Translations } from './rules/translated.ts';

const IMAGE = `json_build_object('id', i.id, 'key', i.key, 'alt', i.alt, 'width', i.width, 'height', i.height,
  'blurDataUrl', i.blur_data_url)`;

/** Everything of a product `p` and its seller `s` in one row: lists, pages and entities cost one statement each. */
export const PRODUCT_COLUMNS = `p.id, p.handle, p.title, p.description, p.brand, p.tags, p.category_id, p.options,
  p.min_price, p.max_price, p.seo_title, p.seo_description, p.translations, p.gift_card, p.published, p.publish_at, p.version,
  p.created_at, p.updated_at,
  p.seller_id, s.handle AS seller_handle, s.name AS seller_name, p.parts`;

const byIds = database.statement<ProductRow>(
  'catalog.products-by-ids',
  `SELECT ${PRODUCT_COLUMNS} FROM product p JOIN seller s ON s.id = p.seller_id WHERE p.id = ANY($1::text[])`,
);

/** In the order of `ids`, null where there is none or it is not published. */
export async function publishedProductsByIds(ids: readonly string[]): Promise<(Product | null)[]> {
  const rows = await byIds([...new Set(ids)]);
  return inOrder(
    ids,
    rows.filter((row) => row.published).map((row) => new Product(row)),
  );
}

/** Unpublished ones too, for variants that carts and orders still show. */
export async function productsByIds(ids: readonly string[]): Promise<(Product | null)[]> {
  const rows = await byIds([...new Set(ids)]);
  return inOrder(
    ids,
    rows.map((row) => new Product(row)),
  );
}

const byHandle = database.statement<ProductRow>(
  'catalog.product-by-handle',
  `SELECT ${PRODUCT_COLUMNS} FROM product p JOIN seller s ON s.id = p.seller_id
   WHERE p.published AND p.id = coalesce((SELECT id FROM product WHERE handle = $1 AND deleted_at IS NULL),
     (SELECT product_id FROM redirect WHERE handle = $1))`,
);

/** By its handle, else by a former one. */

export async function publishedProductByHandle(handle: string): Promise<Product | null> {
  const [row] = await byHandle(handle);
  return row ? new Product(row) : null;
}

interface VariantAloneRow extends VariantRow {
  product_id: string;
  product_title: string;
  translations: Translations;
  image: ImageRow | null;
}

const variants = database.statement<VariantAloneRow>(
  'catalog.variants-by-ids',
  `SELECT v.id, v.sku, v.title, v.options, v.price, v.compare_at_price AS "compareAtPrice", v.weight_grams AS "weightGrams",
     v.product_id, p.title AS product_title, p.translations, CASE WHEN i.id IS NOT NULL THEN ${IMAGE} END AS image
   FROM variant v JOIN product p ON p.id = v.product_id LEFT JOIN image i ON i.id = v.image_id
   WHERE v.id = ANY($1::text[])`,
);

/** In the order of `ids`, null where there is none; unpublished ones too. */
export async function variantsByIds(ids: readonly string[]): Promise<(Variant | null)[]> {
  const rows = await variants([...new Set(ids)]);
  return inOrder(
    ids,
    rows.map((row) => {
      const product = { id: row.product_id, title: row.product_title, translations: row.translations };
      return new Variant(row, product, row.image && new Image(row.image));
    }),
  );
}

export function inOrder<Item extends { id: string }>(ids: readonly string[], items: readonly Item[]): (Item | null)[] {
  const found = new Map(items.map((item) => [item.id, item]));
  return ids.map((id) => found.get(id) ?? null);
}
