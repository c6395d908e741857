const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000] as const;

/** The pauses after each try that failed, as Standard Webhooks 1.0 proposes: ten tries in three days. */
const PAUSES_MS = [
  ...[5 * SECOND, 5 * MINUTE, 30 * MINUTE],
  ...[2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR],
];
const LONGEST_MS = 24 * HOUR;

/**
 * How long to wait after the `tries`th try; null when it was the last. Up to a fifth is added, so that what failed
 * together does not come back together; a receiver that names a time (Retry-After, RFC 9110) is not asked before it.
 */
export function pauseMs(tries: number, random: number, retryAfterSeconds: number | null = null): number | null {
  const pause = PAUSES_MS[tries - 1];
  if (pause === undefined) return null;
  return Math.min(Math.max(pause, (retryAfterSeconds ?? 0) * SECOND), LONGEST_MS) * (1 + random / 5);
}
