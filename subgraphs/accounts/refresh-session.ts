import { Arg, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { SessionPayload } from './account-payload.type.ts';
import { shownCustomer } from './customer.loaders.ts';
import { database } from './database.ts';
import { hashOf } from './secrets.ts';
import { newRefreshToken, shownSession } from './session-tokens.ts';

/** Two tabs, or a retry after a lost answer, may present one token twice within this time. */
const GRACE_SECONDS = 10;

@InputType()
export class SessionRefreshInput {
  @Field(() => String)
  refreshToken!: string;
}

@Resolver()
export class RefreshSession {
  @Mutation(() => SessionPayload, {
    description: 'Rotates the refresh token. Presenting a spent one again ends every session descended from it.',
  })
  sessionRefresh(@Arg('input', () => SessionRefreshInput) input: SessionRefreshInput) {
    return payload(() => refreshSession(input));
  }
}

/** Spends the token and gives its successor (RFC 9700, 4.14). The new access token has the scopes of now. */
export async function refreshSession(input: SessionRefreshInput) {
  const successor = newRefreshToken();
  const [presented] = await rotate(hashOf(input.refreshToken), successor.row.hash, successor.row.expiresAt);
  if (presented?.verdict === 'EXPIRED') throw refusal('TOKEN_EXPIRED', 'This session is too old. Sign in again.');
  if (presented?.verdict !== 'GOOD') throw refusal('TOKEN_INVALID', 'This session has ended. Sign in again.');
  const row = await database.prisma.customer.findUniqueOrThrow({ where: { id: presented.customerId } });
  return { session: await shownSession(shownCustomer(row), presented.sessionId, successor) };
}

interface Presented {
  verdict: 'GOOD' | 'EXPIRED' | 'ENDED' | 'REUSED';
  sessionId: string;
  customerId: string;
}

// The row lock lets two tabs pass one after the other; `spent_at` stays the time of the first.
const rotate = database.statement<Presented>(
  'accounts.rotate-refresh-token',
  `WITH presented AS (
     SELECT token.hash, token.session_id, session.customer_id,
       CASE WHEN session.ended_at IS NOT NULL THEN 'ENDED'
         WHEN token.spent_at < now() - interval '${GRACE_SECONDS} seconds' THEN 'REUSED'
         WHEN token.expires_at <= now() THEN 'EXPIRED'
         ELSE 'GOOD' END AS verdict
     FROM refresh_token AS token JOIN session ON session.id = token.session_id
     WHERE token.hash = $1 FOR UPDATE OF token),
   spent AS (
     UPDATE refresh_token SET spent_at = coalesce(spent_at, now())
     WHERE hash IN (SELECT hash FROM presented WHERE verdict = 'GOOD')),
   ended AS (
     UPDATE session SET ended_at = now()
     WHERE id IN (SELECT session_id FROM presented WHERE verdict = 'REUSED') AND ended_at IS NULL),
   made AS (
     INSERT INTO refresh_token (hash, session_id, expires_at)
     SELECT $2, session_id, $3::timestamptz FROM presented WHERE verdict = 'GOOD')
   SELECT verdict, session_id AS "sessionId", customer_id AS "customerId" FROM presented`,
);

const refusal = (code: string, sentence: string) => new Refusal(code, sentence, { path: ['input', 'refreshToken'] });
