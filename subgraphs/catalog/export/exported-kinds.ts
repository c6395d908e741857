import { type ExportedKind, exported, inDecimals } from '#platform/subgraph/export.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { database } from '../database.ts';
import { SHOP_EDITOR } from '../editing/editor.ts';
import type { ProductState } from '../rules/product-state.ts';
import { picturesByProduct, productPages } from './export-products.ts';

/** The goods, unpublished ones too, with their pictures' addresses; categories with parents first. */
export const EXPORTED_KINDS: readonly ExportedKind[] = [
  exported(
    'sellers',
    database,
    `SELECT s.id AS key, s.id, s.handle, s.name,
         ARRAY(SELECT m.customer_id FROM seller_member m WHERE m.seller_id = s.id ORDER BY 1) AS "memberIds"
       FROM seller s WHERE s.id > $1 ORDER BY s.id LIMIT $2::int`,
  ),
  exported(
    'categories',
    database,
    `WITH RECURSIVE tree AS (
         SELECT c.*, 1 AS depth FROM category c WHERE parent_id IS NULL
         UNION ALL SELECT c.*, tree.depth + 1 FROM category c JOIN tree ON c.parent_id = tree.id),
       keyed AS (SELECT *, lpad(depth::text, 3, '0') || lpad(position::text, 9, '0') || id AS key FROM tree)
       SELECT key, id, handle, title, description, translations, parent_id AS "parentId", position
       FROM keyed WHERE key > $1 ORDER BY key LIMIT $2::int`,
  ),
  {
    kind: 'products',
    async *pages() {
      for await (const page of productPages(SHOP_EDITOR)) {
        const pictures = await picturesByProduct(page.map(({ id }) => id));
        yield page.map((product) => ({ ...priced(product), pictures: pictures.get(product.id) ?? [] }));
      }
    },
  },
  exported(
    'synonyms',
    database,
    'SELECT id AS key, id, words FROM search_synonym WHERE id > $1 ORDER BY id LIMIT $2::int',
  ),
];

const priced = ({ variants, ...product }: ProductState) => ({
  ...product,
  currency: SHOP.currency,
  variants: variants.map((variant) => inDecimals(variant, SHOP.currency, ['price', 'compareAtPrice'])),
});
