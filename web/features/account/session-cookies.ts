import type { SessionTokensFragment } from '#generated/graphql.ts';
import { cookieOptions } from '#security/cookie-options.ts';

export const ACCESS_COOKIE = 'souk_access';
export const REFRESH_COOKIE = 'souk_refresh';

export interface SessionCookie {
  readonly name: string;
  readonly value: string;
  readonly options: ReturnType<typeof cookieOptions> & { readonly expires: Date };
}

// So that a token is never refused in the moment between being sent and being checked.
const EARLY_MS = 30_000;

/** A session as cookies that no script can read; each goes just before its token does. */
export function sessionCookies(session: SessionTokensFragment, secure: boolean): readonly SessionCookie[] {
  const options = cookieOptions(secure);
  return [
    { name: ACCESS_COOKIE, value: session.accessToken, options: { ...options, expires: early(session.expiresAt) } },
    {
      name: REFRESH_COOKIE,
      value: session.refreshToken,
      options: { ...options, expires: early(session.refreshTokenExpiresAt) },
    },
  ];
}

function early(expiresAt: string): Date {
  return new Date(Date.parse(expiresAt) - EARLY_MS);
}
