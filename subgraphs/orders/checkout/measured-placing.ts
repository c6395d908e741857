import { counter, duration } from '#platform/telemetry/metrics.ts';
import type { OrderPlacePayload } from '../order-error.type.ts';

const placings = counter(
  'souk_orders_placed',
  'Answers of orderPlace, by outcome: PLACED, REQUIRES_ACTION, FAULT, or the code of a refusal such as BUSY',
);
const seconds = duration('souk_order_place_seconds', 'How long orderPlace took, by outcome');

/** Counts what became of a placing, and how long it took. */
export async function measuredPlacing(place: () => Promise<OrderPlacePayload>): Promise<OrderPlacePayload> {
  const since = performance.now();
  let outcome = 'FAULT';
  try {
    const answer = await place();
    outcome = answer.userErrors[0]?.code ?? (answer.nextAction ? 'REQUIRES_ACTION' : 'PLACED');
    return answer;
  } finally {
    placings.add(1, { outcome });
    seconds.record((performance.now() - since) / 1_000, { outcome });
  }
}
