import { Arg, Directive, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { SessionPayload } from './account-payload.type.ts';
import { signInLimit } from './credentials/attempt-limit.ts';
import { isPassword } from './credentials/password-hash.ts';
import { shownCustomer } from './customer.loaders.ts';
import { database } from './database.ts';
import { normalizeEmail } from './rules/email.ts';
import { composedPassword } from './rules/password-policy.ts';
import { newRefreshToken, shownSession } from './session-tokens.ts';

@InputType()
export class SessionCreateInput {
  @Field(() => String)
  email!: string;

  @Field(() => String)
  password!: string;
}

@Resolver()
export class CreateSession {
  @Directive('@cost(weight: 50)')
  @Mutation(() => SessionPayload)
  sessionCreate(@Arg('input', () => SessionCreateInput) input: SessionCreateInput) {
    return payload(() => createSession(input));
  }
}

/** Signs in. An unknown address and a wrong password get the same no in the same time. */
export async function createSession(input: SessionCreateInput) {
  const email = normalizeEmail(input.email);
  if (!email) throw wrongCredentials();
  await signInLimit.attempt(email);
  const row = await database.prisma.customer.findUnique({ where: { email } });
  const right = await isPassword(composedPassword(input.password), row?.passwordHash ?? null);
  if (!row || !right) throw wrongCredentials();

  const sessionId = newId('ses');
  const refreshToken = newRefreshToken();
  const opened = await openSession(
    row.id,
    row.passwordHash,
    sessionId,
    refreshToken.row.hash,
    refreshToken.row.expiresAt,
  );
  if (opened.length === 0) throw wrongCredentials();
  await signInLimit.succeeded(email);
  return { session: await shownSession(shownCustomer(row), sessionId, refreshToken) };
}

// The share lock makes this wait for a password reset at the same moment, which then either ends this session as well
// or has changed the hash.
const openSession = database.statement<{ hash: string }>(
  'accounts.open-session',
  `WITH owner AS (SELECT id FROM customer WHERE id = $1 AND password_hash = $2 FOR SHARE),
     opened AS (INSERT INTO session (id, customer_id) SELECT $3, id FROM owner RETURNING id)
   INSERT INTO refresh_token (hash, session_id, expires_at) SELECT $4, id, $5::timestamptz FROM opened RETURNING hash`,
);

const wrongCredentials = () =>
  new Refusal('CREDENTIALS_INVALID', 'E-mail address and password do not belong together. Check both.', {
    path: ['input'],
  });
