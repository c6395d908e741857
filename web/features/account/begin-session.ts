import { cookies, headers } from 'next/headers';
import { claimCart } from '#features/cart/claim-cart.ts';
import type { SessionTokensFragment } from '#generated/graphql.ts';
import { wordsForApiError } from '#graphql/api-error.ts';
import { isSecure } from '#security/cookie-options.ts';
import { type AccountState, type Refused, refused, unanswered } from './account-answer.ts';
import { sessionCookies } from './session-cookies.ts';

interface SessionAnswer {
  readonly session: SessionTokensFragment | null;
  readonly userErrors: readonly Refused[];
}

/** Asks for a session, keeps it and brings the guest's cart along; answers only when it was refused. */
export async function beginSession(
  form: FormData,
  ask: () => Promise<SessionAnswer>,
): Promise<AccountState | undefined> {
  try {
    const { session, userErrors } = await ask();
    if (!session) return refused(userErrors, form);
    const jar = await cookies();
    const secure = isSecure(await headers());
    for (const { name, value, options } of sessionCookies(session, secure)) jar.set(name, value, options);
    // Whoever is signed in stays so: a cart that cannot be moved just now is still there under its own id.
    await claimCart().catch(wordsForApiError);
    return undefined;
  } catch (error) {
    return unanswered(error, form);
  }
}
