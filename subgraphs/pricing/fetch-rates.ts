import { readFile, stat } from 'node:fs/promises';
import { request } from 'undici';
import { onceEvery } from '#platform/schedule/once-every.ts';
import { log } from '#platform/telemetry/log.ts';
import type { RateSources } from './config.ts';
import { database } from './database.ts';
import { changeRates } from './rate-tables.ts';
import { BadRates, checkPlausible, type DailyRates, MOST_BYTES, readEcbRates } from './rules/ecb-rates.ts';

const HOUR_MS = 3_600_000;
const DEADLINE_MS = 10_000;
/** The ECB has none on weekends and holidays. */
const OLD_MS = 7 * 24 * HOUR_MS;

/** Fetches rates once an hour over all processes. */
export const startRates = (sources: RateSources) =>
  onceEvery(database, { name: 'rates', periodMs: HOUR_MS, lookMs: 60_000 }, () => renewRates(sources));

/**
 * Takes the feed's rates, or the file's where the feed fails; what is older than what is known is left. With neither,
 * the known ones hold on, under their day, which `currencies` shows.
 */
export async function renewRates(sources: RateSources, now = new Date()): Promise<'renewed' | 'known' | 'failed'> {
  const known = await database.prisma.currency.findMany({ where: { rate: { not: null } } });
  const rates = new Map(known.map(({ code, rate }) => [code, rate!]));
  const newest = Math.max(0, ...known.map(({ rateAt }) => rateAt?.getTime() ?? 0));
  const found = await firstGood(sources, rates, now);
  if (newest > 0 && now.getTime() - Math.max(newest, found?.day.getTime() ?? 0) > OLD_MS)
    log.error({ alert: 'rates-old', day: new Date(newest).toISOString() }, 'The exchange rates are older than a week');
  if (!found) return 'failed';
  if (found.day.getTime() < newest) return 'known';
  await changeRates((client) =>
    client.query(
      `INSERT INTO currency (code, rate, rate_at) SELECT code, rate, $3 FROM unnest($1::text[], $2::text[]) AS r (code, rate)
       ON CONFLICT (code) DO UPDATE SET rate = excluded.rate, rate_at = excluded.rate_at
         WHERE currency.rate_at IS NULL OR currency.rate_at <= excluded.rate_at`,
      [[...found.rates.keys()], [...found.rates.values()], found.day],
    ),
  );
  return 'renewed';
}

async function firstGood(
  { url, file }: RateSources,
  known: ReadonlyMap<string, string>,
  now: Date,
): Promise<DailyRates | null> {
  const sources = [...(url ? [() => fetched(url)] : []), ...(file ? [() => fromFile(file)] : [])];
  for (const read of sources) {
    try {
      const rates = readEcbRates(await read(), now);
      checkPlausible(rates, known);
      return rates;
    } catch (reason) {
      log.warn({ alert: 'rates-failed', err: reason }, 'Exchange rates were not taken; the known ones hold on');
    }
  }
  return null;
}

async function fetched(url: string): Promise<string> {
  const { statusCode, body } = await request(url, { signal: AbortSignal.timeout(DEADLINE_MS) });
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new BadRates(`The feed sends more than ${MOST_BYTES} bytes.`);
    parts.push(part);
  }
  if (statusCode !== 200) throw new BadRates(`The feed answers ${statusCode}.`);
  return Buffer.concat(parts).toString('utf8');
}

async function fromFile(file: string): Promise<string> {
  if ((await stat(file)).size > MOST_BYTES) throw new BadRates(`${file} has more than ${MOST_BYTES} bytes.`);
  return readFile(file, 'utf8');
}
