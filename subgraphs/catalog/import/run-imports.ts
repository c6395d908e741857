import { Readable } from 'node:stream';
import { Refusal } from '#platform/errors/refusal.ts';
import { live } from '#platform/live/live.ts';
import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { log } from '#platform/telemetry/log.ts';
import { database } from '../database.ts';
import { type ImportReport, importProducts } from './import-products.ts';
import { type ImportJobRow, importTopic } from './product-import.records.ts';

const LOOK_MS = 1_000;
const MOST_TRIES = 3;

/** Does what waits, one at a time; what a process leaves when it dies is begun again, since twice changes nothing. */
export const startImporting = (): Running => every(LOOK_MS, 'Importing products', runNextImport);

/** Answers whether there may be more. */
export async function runNextImport(): Promise<boolean> {
  const [job] = await take();
  if (!job) return false;
  const report = await run(job).catch(async (reason) => {
    if (!(reason instanceof Refusal)) log.error({ err: reason, import: job.id }, 'An import broke off');
    if (reason instanceof Refusal || job.fence >= MOST_TRIES) await fail(job, reason);
    return null;
  });
  if (report) await finish(job.id, job.fence, 'DONE', JSON.stringify(report), null);
  live.publish(importTopic(job.id));
  return true;
}

function run({ id, fence, ...job }: ImportJobRow): Promise<ImportReport> {
  const editor = { actorId: job.actor_id, sellerIds: job.all_sellers ? null : job.seller_ids };
  const progress = async (report: ImportReport) => {
    const [kept] = await keep(id, fence, JSON.stringify(report));
    if (!kept) throw new Error('Another process has taken this import over.');
    live.publish(importTopic(id));
  };
  return importProducts(Readable.from(partsOf(id)), { editor, seller: job.seller, isRehearsal: job.dry_run, progress });
}

async function* partsOf(id: string): AsyncGenerator<string> {
  for (let number = 0; ; number++) {
    const [part] = await partOf(id, number);
    if (!part) return;
    yield part.text;
  }
}

async function fail({ id, fence }: ImportJobRow, reason: unknown): Promise<void> {
  const sentence =
    reason instanceof Refusal ? reason.message : 'It broke off several times. What was imported stays: try it again.';
  await finish(id, fence, 'FAILED', null, sentence);
}

/** Long enough for a batch of a hundred products on a busy machine. */
const LEASE = `now() + interval '60 seconds'`;

const take = database.statement<ImportJobRow>(
  'catalog.import-take',
  `UPDATE import_job SET state = 'RUNNING', lease_until = ${LEASE}, fence = fence + 1 WHERE id = (
     SELECT id FROM import_job WHERE state = 'WAITING' OR (state = 'RUNNING' AND lease_until < now())
     ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
   RETURNING *`,
);

const keep = database.statement<{ id: string }>(
  'catalog.import-keep',
  `UPDATE import_job SET report = $3::jsonb, lease_until = ${LEASE} WHERE id = $1 AND fence = $2 RETURNING id`,
);

/** The file goes with it. */
const finish = database.statement(
  'catalog.import-finish',
  `WITH done AS (
     UPDATE import_job SET state = $3, report = coalesce($4::jsonb, report), failure = $5 WHERE id = $1 AND fence = $2 RETURNING id)
   DELETE FROM import_part WHERE import_id IN (SELECT id FROM done)`,
);

const partOf = database.statement<{ text: string }>(
  'catalog.import-part',
  'SELECT text FROM import_part WHERE import_id = $1 AND number = $2',
);
