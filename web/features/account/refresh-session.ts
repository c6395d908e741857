import type { NextRequest, NextResponse } from 'next/server';
import { SessionRefreshDocument, type SessionTokensFragment } from '#generated/graphql.ts';
import { send } from '#graphql/send.ts';
import { isSecure } from '#security/cookie-options.ts';
import { addressHeader } from '#security/shopper-address.ts';
import { ACCESS_COOKIE, REFRESH_COOKIE, sessionCookies } from './session-cookies.ts';

/** What to do to the browser's cookies once the page is rendered. */
export type CookieChange = (response: NextResponse) => void;

const NOTHING: CookieChange = () => undefined;
const REMEMBERED_FOR_MS = 10_000;

// A refresh token may be spent once; requests that come together share the answer.
const refreshes = new Map<string, Promise<SessionTokensFragment | 'ended' | 'unknown'>>();

/** Renews an access token that has run out, for the request at hand and for the browser. */
export async function refreshSession(request: NextRequest): Promise<CookieChange> {
  const refreshToken = request.cookies.get(REFRESH_COOKIE)?.value;
  if (!refreshToken || request.cookies.has(ACCESS_COOKIE)) return NOTHING;
  const session = await refreshOnce(refreshToken, addressHeader(request.headers));
  if (session === 'unknown') return NOTHING;
  if (session === 'ended') {
    request.cookies.delete(REFRESH_COOKIE);
    return (response) => void response.cookies.delete(REFRESH_COOKIE);
  }
  const fresh = sessionCookies(session, isSecure(request.headers));
  for (const { name, value } of fresh) request.cookies.set(name, value);
  return (response) => {
    for (const { name, value, options } of fresh) response.cookies.set(name, value, options);
  };
}

function refreshOnce(refreshToken: string, from: Readonly<Record<string, string>>) {
  const started = refreshes.get(refreshToken);
  if (started) return started;
  const refresh = send(SessionRefreshDocument, { input: { refreshToken } }, from).then(
    ({ sessionRefresh }) => sessionRefresh.session ?? ('ended' as const),
    // The API is away, the session need not be: ask again with the next page.
    () => 'unknown' as const,
  );
  refreshes.set(refreshToken, refresh);
  setTimeout(() => refreshes.delete(refreshToken), REMEMBERED_FOR_MS).unref();
  return refresh;
}
