import type pg from 'pg';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { database } from '../database.ts';
import { productsByIds } from '../product.loaders.ts';
import type { Product } from '../product.type.ts';

/** Before work is done for it: whether the viewer may edit that product. */
export async function requireOwnProduct(context: Context, productId: string): Promise<void> {
  await database.transaction((client) => lockOwnProduct(client, context, productId));
}

/** Locks a product that the viewer may edit, until the transaction ends: its images change one deed after the other. */
export async function lockOwnProduct(client: pg.PoolClient, _context: Context, productId: string): Promise<void> {
  const { rows } = productId.includes('\0') ? { rows: [] } : await client.query(LOCK, [productId]);
  if (rows.length === 0)
    throw new Refusal('PRODUCT_NOT_FOUND', 'There is no such product.', { path: ['input', 'productId'] });
}

const LOCK = 'SELECT FROM product WHERE id = $1 FOR NO KEY UPDATE';

/** Locks the product that an image is of; answers its id. */
export async function lockProductOfImage(client: pg.PoolClient, context: Context, imageId: string): Promise<string> {
  const { rows } = imageId.includes('\0')
    ? { rows: [] }
    : await client.query<{ productId: string }>('SELECT product_id AS "productId" FROM image WHERE id = $1', [imageId]);
  const [image] = rows;
  const noImage = () => new Refusal('IMAGE_NOT_FOUND', 'There is no such image.', { path: ['input', 'imageId'] });
  if (!image) throw noImage();
  await lockOwnProduct(client, context, image.productId).catch((reason) => {
    throw reason instanceof Refusal ? noImage() : reason;
  });
  return image.productId;
}

/** As it is after the deed. */
export async function productNow(productId: string): Promise<Product | null> {
  const [product] = await productsByIds([productId]);
  return product ?? null;
}
