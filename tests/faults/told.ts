import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '#tests/program/api-client.ts';
import type { CartHistory, OrderSeen, PlaceAnswer } from './histories.ts';

/** What all clients of a round saw and were told. */
export interface Told {
  readonly seen: OrderSeen[];
  readonly carts: CartHistory[];
  readonly answers: PlaceAnswer[];
  /** Orders that somebody asked to cancel, or whose payment was never completed. */
  readonly cancelled: Set<string>;
  /** How many units an order may hold in the end, by its id, after somebody changed it: two where an answer was lost. */
  readonly units: Map<string, readonly number[]>;
  /** Requests that had no answer at all in good time though somebody was there to answer. */
  readonly unanswered: string[];
  readonly counts: Record<string, number>;
  /** When everything was up again, on the clock of `Date.now()`. */
  healedAt: number;
  /** How often a shopper was told how an order ended: that it stands, or why it does not. */
  decided: number;
}

export const nothingTold = (): Told => ({
  seen: [],
  carts: [],
  answers: [],
  cancelled: new Set(),
  units: new Map(),
  unanswered: [],
  counts: {},
  healedAt: Number.POSITIVE_INFINITY,
  decided: 0,
});

/** How long a shopper waits for an answer. Longer than any deadline of the program: beyond it, it hangs. */
const PATIENCE_MS = 20_000;

/** The data; null when the connection broke or a fault was told: then it may have happened or not. */
export async function attempt<Data>(
  api: ApiClient,
  query: string,
  variables: Record<string, unknown>,
  told: Told,
): Promise<Data | null> {
  const timer = new AbortController();
  const late = sleep(PATIENCE_MS, 'late' as const, { signal: timer.signal }).catch(() => null);
  const answer = await Promise.race([api.send<Data>(query, variables).catch(() => null), late]);
  timer.abort();
  if (answer === 'late') {
    told.unanswered.push(`no answer within ${PATIENCE_MS / 1_000} s to ${query.slice(0, 60)}`);
    return null;
  }
  return answer?.errors ? null : (answer?.data ?? null);
}

export function count({ counts }: Told, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}
