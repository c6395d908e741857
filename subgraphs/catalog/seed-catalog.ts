import type pg from 'pg';
import { database } from './database.ts';
import type { Translations } from './rules/translated.ts';
import { countWords } from './search/index-products.ts';
import { productsChanged } from './search/products-changed.ts';

/** A whole catalog as it is written at once; ids are the caller's, so that stock can be written beside it. */
export interface CatalogSeed {
  /** Parents before their children. */
  readonly categories: readonly {
    id: string;
    handle: string;
    title: string;
    description: string | null;
    parentId: string | null;
    /** Of one of the products' images. */
    imageId: string | null;
    translations?: Translations;
  }[];
  readonly sellers: readonly { id: string; handle: string; name: string; members?: readonly string[] }[];
  readonly products: readonly ProductSeed[];
}

export interface ProductSeed {
  readonly id: string;
  readonly handle: string;
  readonly title: string;
  readonly description: string;
  readonly brand: string | null;
  readonly tags: readonly string[];
  readonly categoryId: string;
  readonly sellerId: string;
  readonly options: readonly { name: string; values: readonly string[] }[];
  readonly translations?: Translations;
  readonly createdAt: Date;
  readonly giftCard?: boolean;
  readonly images: readonly {
    id: string;
    key: string;
    alt: string;
    width: number;
    height: number;
    blurDataUrl: string;
  }[];
  readonly variants: readonly {
    id: string;
    sku: string;
    options: readonly { name: string; value: string }[];
    imageId: string | null;
    price: number;
    compareAtPrice: number | null;
    weightGrams: number;
  }[];
}

export async function isCatalogEmpty(): Promise<boolean> {
  return (await database.prisma.product.findFirst({ select: { id: true } })) === null;
}

/** Writes all of it or nothing, in seven statements and those of search. What is there under the same id stays as it is. */
export async function seedCatalog({ categories, sellers, products }: CatalogSeed): Promise<void> {
  await database.transaction(async (client) => {
    const write = (sql: string, rows: readonly object[]) => insert(client, sql, rows);
    await write(CATEGORIES, numbered(categories));
    await write(SELLERS, sellers);
    await write(MEMBERS, sellers);
    await write(PRODUCTS, products.map(withPrices));
    await write(IMAGES, ofProducts(products, 'images'));
    await write(VARIANTS, ofProducts(products, 'variants'));
    await client.query(CATEGORY_IMAGES, [JSON.stringify(categories)]);
    await productsChanged(
      client,
      products.map(({ id }) => id),
    );
  });
  await countWords();
  await database.prisma.$executeRaw`ANALYZE`;
}

// Through json_to_recordset one statement takes any number of rows.
const insert = (client: pg.PoolClient, sql: string, rows: readonly object[]) =>
  client.query(sql, [JSON.stringify(rows)]);

const numbered = <Row extends object>(rows: readonly Row[]) => rows.map((row, position) => ({ ...row, position }));

const ofProducts = (products: readonly ProductSeed[], what: 'images' | 'variants') =>
  products.flatMap((product) => numbered<object>(product[what]).map((row) => ({ ...row, productId: product.id })));

function withPrices({ images: _, variants, ...product }: ProductSeed) {
  const prices = variants.map(({ price }) => price);
  return { ...product, minPrice: Math.min(...prices), maxPrice: Math.max(...prices) };
}

const CATEGORIES = `
  INSERT INTO category (id, handle, title, description, translations, parent_id, position)
  SELECT id, handle, title, description, coalesce(translations, '{}'), "parentId", position FROM json_to_recordset($1::json)
    AS row(id text, handle text, title text, description text, translations jsonb, "parentId" text, position int)
  ON CONFLICT DO NOTHING`;

const SELLERS = `
  INSERT INTO seller (id, handle, name) SELECT id, handle, name FROM json_to_recordset($1::json)
    AS row(id text, handle text, name text)
  ON CONFLICT DO NOTHING`;

/** `members` are ids of customers. */
const MEMBERS = `
  INSERT INTO seller_member (seller_id, customer_id)
  SELECT id, member FROM json_to_recordset($1::json) AS row(id text, members text[]), unnest(members) AS member
  ON CONFLICT DO NOTHING`;

const PRODUCTS = `
  WITH RECURSIVE above AS (
    SELECT id, parent_id, ARRAY[id] AS ids FROM category WHERE parent_id IS NULL
    UNION ALL SELECT c.id, c.parent_id, c.id || above.ids FROM category c JOIN above ON c.parent_id = above.id)
  INSERT INTO product (id, handle, title, description, brand, tags, category_id, category_ids, seller_id, options,
    min_price, max_price, translations, gift_card, published, created_at, updated_at)
  SELECT row.id, handle, title, description, brand, tags, "categoryId", above.ids, "sellerId", options, "minPrice",
    "maxPrice", coalesce(translations, '{}'), coalesce("giftCard", false), true, "createdAt", "createdAt"
  FROM json_to_recordset($1::json) AS row(id text, handle text, title text, description text, brand text, tags text[],
    "categoryId" text, "sellerId" text, options jsonb, "minPrice" int8, "maxPrice" int8, translations jsonb, "giftCard" boolean,
    "createdAt" timestamptz)
  JOIN above ON above.id = "categoryId"
  ON CONFLICT DO NOTHING`;

const IMAGES = `
  INSERT INTO image (id, product_id, position, key, alt, width, height, blur_data_url)
  SELECT id, "productId", position, key, alt, width, height, "blurDataUrl" FROM json_to_recordset($1::json)
    AS row(id text, "productId" text, position int, key text, alt text, width int, height int, "blurDataUrl" text)
  ON CONFLICT DO NOTHING`;

const VARIANTS = `
  INSERT INTO variant (id, product_id, sku, options, position, image_id, price, compare_at_price, weight_grams, published)
  SELECT id, "productId", sku, options, position, "imageId", price, "compareAtPrice", "weightGrams", true
  FROM json_to_recordset($1::json) AS row(id text, "productId" text, sku text, options jsonb, position int,
    "imageId" text, price int8, "compareAtPrice" int8, "weightGrams" int)
  ON CONFLICT DO NOTHING`;

const CATEGORY_IMAGES = `
  UPDATE category c SET image_id = row."imageId"
  FROM json_to_recordset($1::json) AS row(id text, "imageId" text) WHERE c.id = row.id AND c.image_id IS NULL`;
