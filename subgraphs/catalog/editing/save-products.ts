import type pg from 'pg';
import { announceChange } from '#platform/cache/changes.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { outboxColumns } from '#platform/outbox/announce.ts';
import { type ChangedProduct, MOST_PRODUCTS_OF_EVENT, productsChanged } from '../contracts/products-changed.event.ts';
import { database } from '../database.ts';
import { differences, writtenVariants } from '../rules/differences.ts';
import { type ProductState, soldVariants } from '../rules/product-state.ts';
import { productsChanged as index } from '../search/products-changed.ts';
import { holdTree } from './category-tree.ts';
import { type Author, noteChanges } from './note-changes.ts';

/** What became of a product: `before` is null for a new one. */
export interface Edit {
  readonly before: ProductState | null;
  readonly after: ProductState;
  /** First stock of new variants by their id; 0 where it is not named. */
  readonly onHand?: ReadonlyMap<string, number>;
}

export type Deed = 'CREATED' | 'UPDATED' | 'PUBLISHED' | 'UNPUBLISHED' | 'DELETED' | 'TRANSLATED';

interface Further {
  /** Does the same and takes it back. */
  readonly isRehearsal?: boolean;
  /** Writes what belongs to the products, in their transaction. */
  readonly afterwards?: (client: pg.PoolClient) => Promise<void>;
}

/** Does it all or nothing, then tells caches. `decide` says, under the locks that it takes, what is to be written. */
export async function editProducts(
  deed: Deed,
  author: Author,
  decide: (client: pg.PoolClient) => Promise<Edit[]>,
  { isRehearsal = false, afterwards }: Further = {},
): Promise<Edit[]> {
  try {
    const written = await database.transaction(async (client) => {
      await holdTree(client);
      const edits = await saveProducts(client, deed, author, await decide(client));
      await afterwards?.(client);
      if (isRehearsal) throw new Rehearsed(edits);
      return edits;
    });
    await tellCaches(written);
    return written;
  } catch (reason) {
    if (reason instanceof Rehearsed) return reason.edits;
    throw takenName(reason) ?? reason;
  }
}

/** Takes a rehearsal back. */
class Rehearsed extends Error {
  readonly edits: Edit[];

  constructor(edits: Edit[]) {
    super('Rehearsed');
    this.edits = edits;
  }
}

/** One event for at most so many products. */
export const MOST_EDITS = MOST_PRODUCTS_OF_EVENT;

/** Writes at most `MOST_EDITS`, each only where nobody else was faster, with audit and announcement. Answers what differed. */
async function saveProducts(
  client: pg.PoolClient,
  deed: Deed,
  author: Author,
  edits: readonly Edit[],
): Promise<Edit[]> {
  const noted = edits.map((edit) => ({ edit, fields: differences(edit.before, edit.after) }));
  const changed = noted.filter(({ fields }) => fields.length > 0);
  if (changed.length === 0) return [];
  const written = changed.map(({ edit }) => ({
    ...edit,
    after: { ...edit.after, version: (edit.before?.version ?? 0) + 1 },
  }));
  await writeProducts(client, written);
  await writeVariants(client, written);
  await writeRedirects(client, written);
  await noteChanges(
    client,
    author,
    changed.map(({ edit, fields }) => ({ subject: edit.after.id, deed: edit.before ? deed : 'CREATED', fields })),
  );
  const event = productsChanged({ products: written.map(announced) });
  await client.query(
    'INSERT INTO outbox (id, topic, consumer, payload) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])',
    outboxColumns(event),
  );
  await index(
    client,
    written.map(({ after }) => after.id),
  );
  return written;
}

/** To be told after the commit: goods, and lists that they enter, leave or change their place in. */
async function tellCaches(edits: readonly Edit[]): Promise<void> {
  if (edits.length === 0) return;
  const named = edits.length > 20 ? [] : edits.flatMap(({ before, after }) => changedEntities(before, after));
  await announceChange('Product', ...(named.length > 0 ? named : ['Variant']));
}

const changedEntities = (before: ProductState | null, after: ProductState): string[] => [
  `Product:${after.id}`,
  ...(before?.title === after.title ? writtenVariants(before, after) : after.variants).map(({ id }) => `Variant:${id}`),
];

async function writeProducts(client: pg.PoolClient, edits: readonly Edit[]): Promise<void> {
  const rows = edits.map(({ after: { variants: _, ...product }, after }) => {
    const sold = soldVariants(after).map(({ price }) => Number(price));
    const prices = sold.length > 0 ? sold : [0];
    return { ...product, minPrice: Math.min(...prices), maxPrice: Math.max(...prices) };
  });
  const { rowCount } = await client.query(PRODUCTS, [JSON.stringify(rows)]);
  // What was locked has the version that was read: only somebody who wrote without the lock can be in between.
  if (rowCount !== rows.length) throw new Refusal('PRODUCT_CHANGED', 'It was changed meanwhile. Look at it again.');
}

async function writeVariants(client: pg.PoolClient, edits: readonly Edit[]): Promise<void> {
  const rows = edits.flatMap(({ before, after }) => {
    const place = new Map(after.variants.map(({ id }, position) => [id, position]));
    return writtenVariants(before, after).map((variant) => ({
      ...variant,
      ...{ productId: after.id, position: place.get(variant.id), price: Number(variant.price) },
      compareAtPrice: variant.compareAtPrice === null ? null : Number(variant.compareAtPrice),
    }));
  });
  if (rows.length === 0) return;
  const letGo = edits.flatMap(({ before, after }) => variantsWithoutTheirSku(before, after));
  // First, so that two variants can change their SKUs for each other's.
  if (letGo.length > 0) await client.query('UPDATE variant SET published = false WHERE id = ANY($1::text[])', [letGo]);
  await client.query(VARIANTS, [JSON.stringify(rows)]);
}

function variantsWithoutTheirSku(before: ProductState | null, after: ProductState): string[] {
  const now = new Map(after.variants.map((variant) => [variant.id, variant]));
  return (before?.variants ?? []).filter(({ id, sku }) => now.get(id)?.sku !== sku).map(({ id }) => id);
}

/** The old address leads to the product; the new one to nothing else. */
async function writeRedirects(client: pg.PoolClient, edits: readonly Edit[]): Promise<void> {
  const moved = edits.filter(({ before, after }) => before?.handle !== after.handle);
  if (moved.length === 0) return;
  await client.query('DELETE FROM redirect WHERE handle = ANY($1::text[])', [moved.map(({ after }) => after.handle)]);
  const left = moved.filter(({ before }) => before !== null);
  if (left.length === 0) return;
  await client.query(
    `INSERT INTO redirect (handle, product_id) SELECT * FROM unnest($1::text[], $2::text[])
     ON CONFLICT (handle) DO UPDATE SET product_id = excluded.product_id`,
    [left.map(({ before }) => before!.handle), left.map(({ after }) => after.id)],
  );
}

function announced({ before, after, onHand }: Edit): ChangedProduct {
  const known = new Set(before?.variants.map(({ id }) => id));
  return {
    ...{ productId: after.id, version: after.version, published: after.published, deleted: after.deleted },
    // A gift card lies in no stock.
    newVariants: (after.giftCard ? [] : after.variants)
      .filter(({ id }) => !known.has(id))
      .map(({ id }) => ({ variantId: id, onHand: onHand?.get(id) ?? 0 })),
  };
}

/** The refusal behind a unique index; null for anything else. */
function takenName(reason: unknown): Refusal | null {
  const { code, constraint, detail } = reason as { code?: string; constraint?: string; detail?: string };
  if (code !== '23505') return null;
  const name = /=\((.*)\) already exists/.exec(detail ?? '')?.[1] ?? 'that';
  if (constraint === 'product_handle_key')
    return new Refusal('HANDLE_TAKEN', `Another product has the handle ${name}. Choose another.`, {
      path: ['input', 'handle'],
    });
  if (constraint === 'variant_sku_key')
    return new Refusal('SKU_TAKEN', `Another product sells the SKU ${name}. Choose another.`, {
      path: ['input', 'variants'],
      details: { sku: name },
    });
  return null;
}

const PRODUCTS = `
  WITH RECURSIVE above AS (
    SELECT id, parent_id, ARRAY[id] AS ids FROM category WHERE parent_id IS NULL
    UNION ALL SELECT c.id, c.parent_id, c.id || above.ids FROM category c JOIN above ON c.parent_id = above.id)
  INSERT INTO product AS p (id, handle, title, description, brand, tags, category_id, category_ids, seller_id, options,
    min_price, max_price, seo_title, seo_description, translations, gift_card, published, publish_at, deleted_at, version)
  SELECT row.id, handle, title, description, brand, tags, "categoryId", coalesce(above.ids, '{}'), "sellerId", options,
    "minPrice", "maxPrice", "seoTitle", "seoDescription", translations, "giftCard", published, "publishAt",
    CASE WHEN deleted THEN now() END, version
  FROM json_to_recordset($1::json) AS row(id text, handle text, title text, description text, brand text, tags text[],
    "categoryId" text, "sellerId" text, options jsonb, "minPrice" int8, "maxPrice" int8, "seoTitle" text,
    "seoDescription" text, translations jsonb, "giftCard" boolean, published boolean, "publishAt" timestamptz, deleted boolean,
    version int)
  LEFT JOIN above ON above.id = "categoryId"
  ORDER BY row.id
  ON CONFLICT (id) DO UPDATE SET handle = excluded.handle, title = excluded.title, description = excluded.description,
    brand = excluded.brand, tags = excluded.tags, category_id = excluded.category_id, category_ids = excluded.category_ids,
    seller_id = excluded.seller_id, options = excluded.options, min_price = excluded.min_price,
    max_price = excluded.max_price, seo_title = excluded.seo_title, seo_description = excluded.seo_description,
    translations = excluded.translations, published = excluded.published, publish_at = excluded.publish_at,
    deleted_at = excluded.deleted_at, version = excluded.version, updated_at = now()
  WHERE p.version = excluded.version - 1`;

const VARIANTS = `
  INSERT INTO variant (id, product_id, sku, title, options, position, price, compare_at_price, weight_grams, published)
  SELECT id, "productId", sku, title, options, position, price, "compareAtPrice", "weightGrams", published
  FROM json_to_recordset($1::json) AS row(id text, "productId" text, sku text, title text, options jsonb, position int,
    price int8, "compareAtPrice" int8, "weightGrams" int, published boolean)
  ON CONFLICT (id) DO UPDATE SET sku = excluded.sku, title = excluded.title, options = excluded.options, position = excluded.position,
    price = excluded.price, compare_at_price = excluded.compare_at_price, weight_grams = excluded.weight_grams,
    published = excluded.published`;
