import { setTimeout as sleep } from 'node:timers/promises';

/** What a shopper does on the bank's page for 3-D Secure; where nobody answers there, nothing happens. */
export async function answerBank(url: string, answer: 'approve' | 'refuse', afterMs = 0): Promise<void> {
  await sleep(afterMs);
  await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ answer }),
    redirect: 'manual',
    signal: AbortSignal.timeout(5_000),
  }).catch(() => null);
}
