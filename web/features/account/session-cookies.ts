import type { SessionTokensFragment } from '#generated/graphql.ts';
import { cookieOptions } from '#security/cookie-options.ts';

export const ACCESS_COOKIE = 'souk_access';
export const REFRESH_COOKIE = 'souk_refresh';

export interface SessionCookie {
  readonly name: string;
  readonly value: string;
  readonly options: ReturnType<typeof cookieOptions> & { readonly expires: Date };
}

/** A session as cookies that no script can read; each goes when its token does. */
export function sessionCookies(session: SessionTokensFragment, secure: boolean): readonly SessionCookie[] {
  const options = cookieOptions(secure);
  return [
    { name: ACCESS_COOKIE, value: session.accessToken, options: { ...options, expires: new Date(session.expiresAt) } },
    {
      name: REFRESH_COOKIE,
      value: session.refreshToken,
      options: { ...options, expires: new Date(session.refreshTokenExpiresAt) },
    },
  ];
}
