import type pg from 'pg';
import { newId } from '#platform/database/id.ts';
import { pictureAddress } from '#platform/files/fetch-picture.ts';
import { keyOfImageUrl } from '#platform/files/image-url.ts';
import { altText } from '../rules/alt-text.ts';

/** A picture of a product that lies at an address of somebody else. */
export interface ImageByUrl {
  readonly productId: string;
  readonly url: string;
  readonly alt: string;
}

/** What `attachImagesByUrl` will take, or a `Refusal` with `URL_REFUSED` or `ALT_INVALID`; asks nobody. */
export function checkImageByUrl({ productId, url, alt }: ImageByUrl): ImageByUrl {
  return { productId, url: pictureAddress(url).href, alt: altText(alt) };
}

/**
 * Has pictures fetched soon, by a worker, and put behind the images that their products have, in this order: in the
 * caller's transaction, one statement for any number. Doing it again changes nothing but an `alt` that is another now,
 * and tries those again that were given up; so does the address at which the shop itself serves a picture of the product.
 * Throws what `checkImageByUrl` does.
 */
export async function attachImagesByUrl(client: pg.PoolClient, images: readonly ImageByUrl[]): Promise<void> {
  const checked = images.map((image) => ({
    ...{ id: newId('imr'), key: keyOfImageUrl(image.url) },
    ...checkImageByUrl(image),
  }));
  // One address twice is one picture, and no statement may write a row twice.
  const rows = [...new Map(checked.map((image) => [`${image.productId} ${image.url}`, image])).values()];
  if (rows.length === 0) return;
  await client.query(REQUEST, [JSON.stringify(rows)]);
  await client.query(RENAME, [JSON.stringify(rows)]);
}

/** The same for one. */
export const attachImageByUrl = (client: pg.PoolClient, productId: string, url: string, alt: string): Promise<void> =>
  attachImagesByUrl(client, [{ productId, url, alt }]);

const REQUEST = `
  INSERT INTO image_request AS r (id, product_id, url, alt, position, due_at)
  SELECT given.id, given."productId", given.url, given.alt, coalesce(last.position, -1) + given.n, now()
  FROM ROWS FROM (json_to_recordset($1::json) AS (id text, "productId" text, url text, key text, alt text)) WITH ORDINALITY
    AS given(id, "productId", url, key, alt, n)
  LEFT JOIN LATERAL (SELECT max(position) AS position FROM (
    SELECT position FROM image WHERE product_id = given."productId"
    UNION ALL SELECT position FROM image_request WHERE product_id = given."productId") AS taken) AS last ON true
  WHERE NOT EXISTS (SELECT FROM image i WHERE i.product_id = given."productId" AND i.key = given.key)
  ON CONFLICT (product_id, url) DO UPDATE SET alt = excluded.alt, tries = 0, failure = NULL,
      due_at = CASE WHEN r.image_id IS NULL THEN now() END
    WHERE r.alt <> excluded.alt OR (r.image_id IS NULL AND r.due_at IS NULL)`;

const RENAME = `
  UPDATE image i SET alt = named.alt FROM (
    SELECT r.image_id AS id, r.alt FROM image_request r JOIN json_to_recordset($1::json) AS given("productId" text, url text)
      ON r.product_id = given."productId" AND r.url = given.url
    UNION ALL SELECT own.id, given.alt FROM image own JOIN json_to_recordset($1::json) AS given("productId" text, key text, alt text)
      ON own.product_id = given."productId" AND own.key = given.key WHERE given.alt <> '') AS named
  WHERE i.id = named.id AND i.alt <> named.alt`;
