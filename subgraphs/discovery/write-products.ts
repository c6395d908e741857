import type { ProductTraits } from '#subgraphs/catalog/contracts/product-traits.ts';
import { database } from './database.ts';

/** Writes what catalog says of products. Of two sayings the newer stays, in whichever order they come. */
export async function writeProducts(products: readonly ProductTraits[]): Promise<void> {
  if (products.length > 0) await write(JSON.stringify(products));
}

const write = database.statement(
  'discovery.write-products',
  `INSERT INTO product (id, published, category_id, aisle_id, brand, tags, price, words, created_at, version)
   SELECT id, published, "categoryId", "aisleId", brand, tags, "priceMinor",
     setweight(to_tsvector('english', title), 'A')
       || to_tsvector('english', concat_ws(' ', brand, array_to_string(tags, ' '), array_to_string("categoryTitles", ' '))),
     "createdAt", version
   FROM jsonb_to_recordset($1::jsonb) AS row(id text, published boolean, title text, "categoryId" text, "aisleId" text, "categoryTitles" text[],
     brand text, tags text[], "priceMinor" bigint, "createdAt" timestamptz, version int)
   ORDER BY id
   ON CONFLICT (id) DO UPDATE SET published = excluded.published, category_id = excluded.category_id,
     aisle_id = excluded.aisle_id, brand = excluded.brand,
     tags = excluded.tags, price = excluded.price, words = excluded.words, version = excluded.version
   WHERE product.version <= excluded.version`,
);

/** What catalog no longer knows is nobody's neighbor. */
export const removeProducts = database.statement(
  'discovery.remove-products',
  'DELETE FROM product WHERE id = ANY($1::text[])',
);
