import { Refusal } from '#platform/errors/refusal.ts';
import { fetchPicture } from '#platform/files/fetch-picture.ts';
import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { log } from '#platform/telemetry/log.ts';
import { database } from '../database.ts';
import { SHOP_EDITOR } from '../editing/editor.ts';
import { editImages } from './edit-images.ts';
import { insertImage } from './image.records.ts';
import { keepPicture } from './keep-picture.ts';

const LOOK_MS = 3_000;
const AT_ONCE = 4;
/** With pauses of one minute, then two, four … this is a day. */
const MOST_TRIES = 11;

/** Fetches the pictures that `attachImagesByUrl` noted. */
export const startFetchingImages = (): Running =>
  every(LOOK_MS, 'catalog images by address', async () => (await fetchDueImages()) > 0);

/** Answers how many were tried. One that dies with its process is tried again two minutes later. */
export async function fetchDueImages(): Promise<number> {
  const requests = await take(AT_ONCE);
  await Promise.all(requests.map(fetchImage));
  return requests.length;
}

interface ImageRequest {
  readonly id: string;
  readonly product_id: string;
  readonly url: string;
  readonly tries: number;
}

async function fetchImage(request: ImageRequest): Promise<void> {
  const { id, url } = request;
  try {
    await addImage(request);
  } catch (reason) {
    const again = !(reason instanceof Refusal) || reason.code === 'BUSY' || reason.details.again === true;
    const sentence = reason instanceof Refusal ? reason.message : 'It could not be stored.';
    await postpone(id, again && request.tries < MOST_TRIES, sentence);
    if (!(reason instanceof Refusal)) log.error({ err: reason, request: id }, 'An image could not be stored');
    else if (!again) log.info({ request: id, host: new URL(url).host, code: reason.code }, 'An image was given up');
  }
}

async function addImage({ id, product_id: productId, url }: ImageRequest): Promise<void> {
  const picture = await keepPicture(await fetchPicture(url));
  await editImages(IMPORT, productId, async (client) => {
    const { rows } = await client.query<{ alt: string; position: number }>(
      'SELECT alt, position FROM image_request WHERE id = $1 AND image_id IS NULL FOR UPDATE',
      [id],
    );
    // Another process was faster, whose turn had seemed to be over.
    if (!rows[0]) return;
    const image = await insertImage(client, productId, picture, rows[0]);
    await client.query('UPDATE image_request SET image_id = $2, due_at = NULL, failure = NULL WHERE id = $1', [
      id,
      image.id,
    ]);
  });
}

const IMPORT = { ...SHOP_EDITOR, source: 'import' } as const;

const take = database.statement<ImageRequest>(
  'catalog.take-image-requests',
  `UPDATE image_request SET tries = tries + 1, due_at = now() + interval '2 minutes'
   WHERE id IN (SELECT id FROM image_request WHERE due_at <= now() ORDER BY due_at, position
     FOR UPDATE SKIP LOCKED LIMIT $1)
   RETURNING id, product_id, url, tries`,
);

const postpone = database.statement(
  'catalog.postpone-image-request',
  `UPDATE image_request SET failure = $3,
     due_at = CASE WHEN $2::bool THEN now() + interval '1 minute' * power(2, tries - 1) END
   WHERE id = $1 AND image_id IS NULL`,
);
