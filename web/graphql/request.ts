import { cookies, headers } from 'next/headers';
import { ACCESS_COOKIE } from '#features/account/session-cookies.ts';
import type { TypedDocumentString } from '#generated/graphql.ts';
import { addressHeader } from '#security/shopper-address.ts';
import { ApiError } from './api-error.ts';
import { send } from './send.ts';

/**
 * Asks the API on behalf of whoever made the present request.
 * @throws {ApiError} when the API cannot be reached or answers with no data
 */
export async function request<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  ...[variables]: Variables extends Record<string, never> ? [] : [Variables]
): Promise<Result> {
  const asked = (variables ?? {}) as Variables;
  const token = (await cookies()).get(ACCESS_COOKIE)?.value;
  const from = addressHeader(await headers());
  if (!token) return send(document, asked, from);
  try {
    return await send(document, asked, { ...from, authorization: `Bearer ${token}` });
  } catch (error) {
    // A token that was good once (of another installation, say) must not close the shop: nothing ran, so ask as a guest.
    if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') return send(document, asked, from);
    throw error;
  }
}
