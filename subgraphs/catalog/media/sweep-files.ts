import { keysOfPicture } from '#platform/files/image-url.ts';
import { fileStore } from '#platform/files/open-file-store.ts';
import { uploadKey } from '#platform/files/uploads.ts';
import type { Context } from '#platform/graphql/context.ts';
import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { picturesInOrders } from '#subgraphs/orders/contracts/pictures-in-orders.ts';
import { database } from '../database.ts';

const EVERY_MS = 600_000;
const AT_ONCE = 40;

/** Removes files that nothing points at. Each removal may be done twice: processes do not wait for each other. */
export const startSweepingFiles = (context: Context): Running =>
  every(EVERY_MS, 'catalog sweep of files', async () => (await sweepUploads()) + (await sweepLooseFiles(context)) > 0);

/** What was sent and not added in time; an upload is known for an hour longer than it may be sent. Answers how many. */
export async function sweepUploads(): Promise<number> {
  const expired = await expiredUploads(AT_ONCE);
  const ids = expired.map(({ id }) => id);
  await fileStore().remove(ids.map(uploadKey));
  if (ids.length > 0) await forgetUploads(ids);
  return ids.length;
}

const expiredUploads = database.statement<{ id: string }>(
  'catalog.expired-uploads',
  `SELECT id FROM upload WHERE expires_at < now() - interval '1 hour' ORDER BY expires_at LIMIT $1`,
);
const forgetUploads = database.statement('catalog.forget-uploads', 'DELETE FROM upload WHERE id = ANY($1::text[])');

/**
 * Files that no image has pointed at for a day: by then whoever was adding one is done, and a cart that still showed
 * it was ordered or priced again. What an order shows stays for good. Answers how many were looked at.
 */
export async function sweepLooseFiles(context: Context): Promise<number> {
  const loose = await looseFiles(AT_ONCE);
  if (loose.length === 0) return 0;
  const unused = loose.filter((file) => !file.used).map(({ key }) => key);
  const ordered = unused.length > 0 ? (await context.ask(picturesInOrders, { keys: unused })).picturesInOrders : [];
  const gone = unused.filter((key) => !ordered.includes(key));
  for (const key of gone) await fileStore().remove(keysOfPicture(key));
  await forgetLoose(loose.map(({ key }) => key));
  return loose.length;
}

const looseFiles = database.statement<{ key: string; used: boolean }>(
  'catalog.loose-files',
  `SELECT key, EXISTS (SELECT FROM image i WHERE i.key = f.key) AS used FROM loose_file f
   WHERE since < now() - interval '1 day' ORDER BY since LIMIT $1`,
);
const forgetLoose = database.statement(
  'catalog.forget-loose-files',
  'DELETE FROM loose_file WHERE key = ANY($1::text[])',
);
