import type pg from 'pg';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import type { ImageRow } from '../image.type.ts';
import type { KeptPicture } from './keep-picture.ts';

/** Lists carry all images of a product with them. */
export const MOST_IMAGES = 100;

/** Adds it behind the others, or at `position`; of a product that is locked. */
export async function insertImage(
  client: pg.PoolClient,
  productId: string,
  { key, width, height, blurDataUrl }: KeptPicture,
  { alt, position = null }: { readonly alt: string; readonly position?: number | null },
): Promise<ImageRow> {
  const id = newId('img');
  const values = [id, productId, key, alt, width, height, blurDataUrl, position, MOST_IMAGES];
  const { rows } = await client.query<ImageRow>(INSERT, values);
  const [row] = rows;
  if (!row) throw new Refusal('IMAGE_LIMIT', `A product may have ${MOST_IMAGES} images: delete one first.`);
  await client.query('DELETE FROM loose_file WHERE key = $1', [key]);
  return row;
}

const IMAGE = 'id, key, alt, width, height, blur_data_url AS "blurDataUrl"';

const INSERT = `INSERT INTO image (id, product_id, key, alt, width, height, blur_data_url, position)
  SELECT $1, $2, $3, $4, $5, $6, $7, coalesce($8, (SELECT max(position) + 1 FROM image WHERE product_id = $2), 0)
  WHERE (SELECT count(*) FROM image WHERE product_id = $2) < $9
  RETURNING ${IMAGE}`;

/** Of a product that is locked; null where it has no such image. */
export async function imageOf(client: pg.PoolClient, productId: string, id: string): Promise<ImageRow | null> {
  const { rows } = await client.query<ImageRow>(`SELECT ${IMAGE} FROM image WHERE id = $1 AND product_id = $2`, [
    id,
    productId,
  ]);
  return rows[0] ?? null;
}
