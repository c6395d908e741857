import { signViewerToken, VIEWER_TOKEN_SECONDS } from '#platform/auth/viewer-token.ts';
import type { Customer } from './customer.type.ts';
import { hashOf, newSecret } from './secrets.ts';
import type { Session } from './session.type.ts';

/** Each use gives a new one; unused for this long, the customer signs in again. */
const REFRESH_TOKEN_DAYS = 30;

/** A refresh token and the row that remembers it. */
export function newRefreshToken() {
  const secret = newSecret();
  const expiresAt = new Date(Date.now() + REFRESH_TOKEN_DAYS * 86_400_000);
  return { secret, row: { hash: hashOf(secret), expiresAt } };
}

/** What the client gets of a session, with an access token signed for it now. */
export async function shownSession(
  customer: Customer,
  sessionId: string,
  refreshToken: ReturnType<typeof newRefreshToken>,
): Promise<Session> {
  const expiresAt = new Date(Date.now() + VIEWER_TOKEN_SECONDS * 1000);
  const accessToken = await signViewerToken({ customerId: customer.id, sessionId, scopes: customer.scopes });
  return {
    accessToken,
    expiresAt,
    refreshToken: refreshToken.secret,
    refreshTokenExpiresAt: refreshToken.row.expiresAt,
    customer,
  };
}
