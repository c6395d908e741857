'use server';

import { cookies } from 'next/headers';
import { ACCESS_COOKIE } from '#features/account/session-cookies.ts';

/** The signed-in customer's short-lived token, for the handshake of a socket; the long-lived one never leaves its cookie. */
export async function sessionAuthorization(): Promise<string | null> {
  const token = (await cookies()).get(ACCESS_COOKIE)?.value;
  return token ? `Bearer ${token}` : null;
}
