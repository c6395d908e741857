import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { log } from '#platform/telemetry/log.ts';
import { database } from '../database.ts';
import { tellRest } from './at-rest.queries.ts';
import { pauseMs } from './rules/retry.ts';
import { sendWebhook } from './send-webhook.ts';
import { type DueDelivery, endTry, takeDue } from './webhook.records.ts';
import { webhooksConfig } from './webhooks.config.ts';

const EVERY_MS = 1_000;
const AT_ONCE = 32;
/** As many connections as there are to one host. */
const AT_ONCE_EACH = 4;

/**
 * Sends what is due. The table is the queue: a wait of a day outlives every restart there, and what a process took and never
 * reported is due again by itself. So a message may arrive twice, under the same `webhook-id`.
 */
export function startDelivering(everyMs = EVERY_MS): Running {
  const stopping = new AbortController();
  const underWay = new Map<DueDelivery, Promise<void>>();
  const take = async (): Promise<void> => {
    const free = AT_ONCE - underWay.size;
    if (free <= 0 || stopping.signal.aborted) return;
    for (const delivery of await takeDue(busyOf([...underWay.keys()]), free, lostAfterSeconds())) {
      const sending = deliver(delivery, stopping.signal)
        .catch((reason) =>
          log.warn({ err: reason, delivery: delivery.id }, 'A webhook is sent again: its end is not known'),
        )
        .finally(() => {
          underWay.delete(delivery);
          takeMore();
        });
      underWay.set(delivery, sending);
    }
  };
  let taking: Promise<void> | null = null;
  const takeAlone = () => {
    taking ??= take().finally(() => {
      taking = null;
    });
    return taking;
  };
  // One that ended makes room: what waits behind it does not wait for the next look.
  const takeMore = () => void takeAlone().catch(() => undefined);
  const looking = every(everyMs, 'The sending of webhooks', takeAlone);
  return {
    async stop() {
      stopping.abort();
      await looking.stop();
      await taking;
      await Promise.all(underWay.values());
    },
  };
}

const lostAfterSeconds = (): number => (2 * webhooksConfig.timeoutMs) / 1_000 + 10;

/** Endpoints that have as much under way as they may. */
function busyOf(deliveries: readonly DueDelivery[]): string[] {
  const counts = new Map<string, number>();
  for (const { endpoint_id: id } of deliveries) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= AT_ONCE_EACH).map(([id]) => id);
}

/** One try, and what follows from it. */
export async function deliver(delivery: DueDelivery, stopping: AbortSignal): Promise<void> {
  const sent = await sendWebhook(delivery, stopping);
  // Our own end is not the receiver's fault: the try is due again by itself.
  if (stopping.aborted && sent.status === null) return;
  const { status, durationMs, error, answer, retryAfterSeconds } = sent;
  const arrived = status !== null && status >= 200 && status < 300;
  const pause = arrived || status === GONE ? null : pauseMs(delivery.tries, Math.random(), retryAfterSeconds);
  const state = arrived ? 'DELIVERED' : pause === null ? 'FAILED' : 'PENDING';
  const [ended] = await endTry(
    ...[delivery.id, state, pause, durationMs, status, error, answer],
    ...[status === GONE, webhooksConfig.disableDays],
  );
  if (!ended?.disabled_reason) return;
  log.warn(
    { endpoint: delivery.endpoint_id, alert: 'webhook-disabled' },
    'An endpoint of webhooks is sent nothing more',
  );
  tellRest();
}

/** The receiver wants no more (RFC 9110; Standard Webhooks 1.0). */
const GONE = 410;

/** Forgets messages, with their deliveries and log, after a month. */
export const sweepWebhooks = database.statement(
  'notifications.webhook-sweep',
  `DELETE FROM webhook_message WHERE id IN (
     SELECT id FROM webhook_message WHERE created_at < now() - interval '30 days' LIMIT 1000)`,
);
