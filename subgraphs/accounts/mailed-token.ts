import { Refusal } from '#platform/errors/refusal.ts';
import type { MailedTokenKind, Prisma } from '#prisma/accounts/generated/client.ts';
import { hashOf, newSecret } from './secrets.ts';

const LIFETIME_HOURS = { EMAIL_VERIFICATION: 72, PASSWORD_RESET: 1 } as const satisfies Record<MailedTokenKind, number>;

/** A secret for a mail's link, and the row that remembers it. */
export function newMailedToken(kind: MailedTokenKind) {
  const secret = newSecret();
  const expiresAt = new Date(Date.now() + LIFETIME_HOURS[kind] * 3_600_000);
  return { secret, row: { hash: hashOf(secret), kind, expiresAt } };
}

/** Refuses what is no token of this kind, used or expired, before dearer work is done. Changes nothing. */
export async function requireMailedToken(client: TokenClient, kind: MailedTokenKind, secret: string): Promise<void> {
  const token = await client.mailedToken.findUnique({ where: { hash: hashOf(secret), kind } });
  if (!token || token.usedAt) throw refusal('TOKEN_INVALID', 'This link is not good, or was used already.');
  if (token.expiresAt <= new Date()) throw refusal('TOKEN_EXPIRED', 'This link is too old. Ask for a new one.');
}

/** Uses it up, in the transaction of its deed, and answers whose it was; of two at once one is refused. */
export async function spendMailedToken(client: TokenClient, kind: MailedTokenKind, secret: string): Promise<string> {
  const now = new Date();
  const [spent] = await client.mailedToken.updateManyAndReturn({
    where: { hash: hashOf(secret), kind, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (spent) return spent.customerId;
  await requireMailedToken(client, kind, secret);
  throw refusal('TOKEN_INVALID', 'This link is not good, or was used already.');
}

type TokenClient = Pick<Prisma.TransactionClient, 'mailedToken'>;

const refusal = (code: string, sentence: string) => new Refusal(code, sentence, { path: ['input', 'token'] });
