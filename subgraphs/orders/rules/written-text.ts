import { Refusal } from '#platform/errors/refusal.ts';

/** What somebody wrote, as it is kept: without the controls that no database and no mail takes, and not without end. */
export const writtenText = (text: string, most = 1_000): string =>
  text
    .replace(/[^\P{Cc}\t\n\r]/gu, '')
    .trim()
    .slice(0, most);

/** Refuses what cannot be kept as a key, with the same code as one that means something else already. */
export function requireKey(key: string): string {
  if (key.length >= 1 && key.length <= 200 && !/\p{Cc}/u.test(key)) return key;
  throw new Refusal('IDEMPOTENCY_CONFLICT', 'idempotencyKey must have 1 to 200 characters; a UUID is a good one.', {
    path: ['input', 'idempotencyKey'],
  });
}
