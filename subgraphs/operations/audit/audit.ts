import type { Context } from '#platform/graphql/context.ts';
import { onceEvery } from '#platform/schedule/once-every.ts';
import { log } from '#platform/telemetry/log.ts';
import { operationsConfig } from '../config.ts';
import { database } from '../database.ts';
import { keepFindings, type Window } from './keep-findings.ts';
import { SOURCES, type Source } from './sources.ts';
import { dueRechecks, moveWatermark, nextWindow, recheckDone, recheckLater } from './windows.ts';

/**
 * The auditor: compares the books of the shop while it runs, once over all processes. It looks at what moved since its
 * last look, once that has been still for a while; keeps what does not hold, tells of it, and never repairs.
 */
export const startAudit = (contextFor: () => Context) =>
  onceEvery(database, { name: 'audit', periodMs: operationsConfig.auditEveryMs }, () => auditAll(contextFor));

/** One look at everybody's books; true when some have more to look at. */
export async function auditAll(
  contextFor: () => Context,
  sources: readonly Source[] = SOURCES,
  afterMs = operationsConfig.auditAfterMs,
): Promise<boolean> {
  let more = false;
  for (const source of sources) {
    try {
      more = (await auditSource(contextFor(), source, afterMs)) || more;
    } catch (reason) {
      log.warn(
        { err: reason, source: source.name },
        'Books could not be looked at; the next audit begins where this one did',
      );
    }
  }
  return more;
}

async function auditSource(context: Context, source: Source, afterMs: number): Promise<boolean> {
  for (const window of await dueRechecks(source.name)) await auditWindow(context, source, window, afterMs);
  const next = await nextWindow(source.name, afterMs);
  if (!next) return false;
  await auditWindow(context, source, next, afterMs);
  await moveWatermark(source.name, next.until);
  return Date.now() - afterMs - next.until.getTime() > operationsConfig.auditEveryMs;
}

async function auditWindow(context: Context, source: Source, window: Window, afterMs: number): Promise<void> {
  const { found: told, underWay } = await source.look(context, window);
  const found = told.map((each) => ({ ...each, invariant: `${source.name}.${each.invariant}` }));
  const { confirmed, open } = await keepFindings(source.name, window, found, afterMs);
  for (const { invariant, subject, detail } of confirmed)
    log.error({ alert: 'audit-finding', invariant, subject, detail }, 'The books of the shop do not agree');
  // What is under way moves again, or comes to its end without; what was found is looked for until it is gone.
  if (open || (underWay && isYoung(window))) await recheckLater(source.name, window, afterMs);
  else await recheckDone(source.name, window);
}

const YOUNG_MS = 3_600_000;

/** What is still under way after an hour is told of by itself, as unfinished. */
const isYoung = ({ until }: Window): boolean => Date.now() - until.getTime() < YOUNG_MS;
