import { Refusal } from '#platform/errors/refusal.ts';
import { log } from '#platform/telemetry/log.ts';
import { counter } from '#platform/telemetry/metrics.ts';
import { database } from '../database.ts';
import { checkoutConfig } from './config.ts';

/** Work that lies ahead of a new order: checkouts under way anywhere, and events whose consumers have not caught up. */
export interface Backlog {
  checkouts: number;
  events: number;
}

let placing = 0;
let backlog: Backlog = { checkouts: 0, events: 0 };
let lookedAt = 0;

/** Places an order if there is room for it; else says BUSY at once, before anything is begun. */
export async function whenThereIsRoom<Placed>(place: () => Promise<Placed>): Promise<Placed> {
  lookNowAndThen();
  const tooDeep = whatIsTooDeep();
  if (tooDeep) {
    sentAway.add(1, { too_deep: tooDeep });
    throw crowded();
  }
  placing++;
  try {
    return await place();
  } finally {
    placing--;
  }
}

const sentAway = counter(
  'souk_orders_sent_away',
  'Orders answered BUSY before anything was begun, by what was too deep',
);

function whatIsTooDeep(): string | null {
  if (placing >= checkoutConfig.placingMost) return 'placing';
  if (backlog.checkouts >= checkoutConfig.backlogMost) return 'checkouts';
  return backlog.events >= checkoutConfig.eventBacklogMost ? 'events' : null;
}

/** A time of their own for each, so that those who were sent away do not come back together. */
function crowded(): Refusal {
  const retryAfterSeconds = 2 + Math.floor(Math.random() * 4);
  return new Refusal('BUSY', `Too many orders are being placed. Try again in ${retryAfterSeconds} seconds.`, {
    details: { retryAfterSeconds },
  });
}

// Not a timer of its own: a process that nobody orders from need not look.
function lookNowAndThen(): void {
  const now = Date.now();
  if (now - lookedAt < checkoutConfig.backlogLookMs) return;
  lookedAt = now;
  count(checkoutConfig.backlogMost, checkoutConfig.eventBacklogMost)
    .then(([row]) => {
      if (row) backlog = row;
    })
    .catch((reason) => log.warn({ err: reason }, 'The backlog of orders could not be counted'));
}

const count = database.statement<Backlog>(
  'orders.backlog',
  `SELECT (SELECT count(*) FROM (SELECT FROM saga WHERE state <> 'DONE' AND state <> 'REFUSED' AND state IN ('RUNNING', 'COMPENSATING')
       AND name = 'checkout' LIMIT $1) s)::int AS checkouts,
     (SELECT count(*) FROM (SELECT FROM outbox LIMIT $2) o)::int AS events`,
);
