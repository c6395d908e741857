import { database } from '../database.ts';
import type { Window } from './keep-findings.ts';

/** How far back an auditor begins that never looked before. */
const FIRST_LOOK_MS = 30 * 24 * 3_600_000;
/** The most that one look covers, while it catches up. */
const LONGEST_MS = 24 * 3_600_000;
/** How much of what was looked at already is looked at again, since clocks differ. A late commit is waited for by `afterMs`. */
const OVERLAP_MS = 5_000;
const MOST_RECHECKS = 20;
const LONGEST_PAUSE_MS = 600_000;

/** The next window of a source: from where the last one ended to what has been still for `afterMs`; null when that is nothing. */
export async function nextWindow(source: string, afterMs: number, now = Date.now()): Promise<Window | null> {
  const mark = await database.prisma.watermark.findUnique({ where: { source } });
  const auditedTo = mark?.auditedTo.getTime() ?? now - FIRST_LOOK_MS;
  const until = Math.min(now - afterMs, auditedTo + LONGEST_MS);
  if (until <= auditedTo) return null;
  return { since: new Date(auditedTo - OVERLAP_MS), until: new Date(until) };
}

/** Says that a source is looked at up to `until`. */
export async function moveWatermark(source: string, until: Date): Promise<void> {
  await database.prisma.watermark.upsert({
    where: { source },
    create: { source, auditedTo: until },
    update: { auditedTo: until },
  });
}

/** The windows in which something was found, or under way, and that are due to be looked at again. */
export const dueRechecks = (source: string): Promise<Window[]> =>
  database.prisma.recheck.findMany({
    where: { source, dueAt: { lte: new Date() } },
    orderBy: { dueAt: 'asc' },
    take: MOST_RECHECKS,
    select: { since: true, until: true },
  });

/** Looks at a window again, first after `afterMs`, then less and less often. */
export const recheckLater = (source: string, { since, until }: Window, afterMs: number) =>
  later(source, since, until, afterMs, LONGEST_PAUSE_MS);

const later = database.statement(
  'operations.recheck-later',
  `INSERT INTO recheck AS known (source, since, until, due_at)
   VALUES ($1, $2::timestamptz, $3::timestamptz, now() + make_interval(secs => $4::float8 / 1000))
   ON CONFLICT (source, since, until) DO UPDATE SET tries = known.tries + 1,
     due_at = now() + make_interval(secs => least($4::float8 * 2 ^ least(known.tries, 20), $5::float8) / 1000)`,
);

/** Nothing of a window is open any more. */
export async function recheckDone(source: string, { since, until }: Window): Promise<void> {
  await database.prisma.recheck.deleteMany({ where: { source, since, until } });
}
