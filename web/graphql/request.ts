import { cookies } from 'next/headers';
import { ACCESS_COOKIE } from '#features/account/session-cookies.ts';
import type { TypedDocumentString } from '#generated/graphql.ts';
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
  if (!token) return send(document, asked, {});
  try {
    return await send(document, asked, { authorization: `Bearer ${token}` });
  } catch (error) {
    // A token that was good once (of another installation, say) must not close the shop: nothing ran, so ask as a guest.
    if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') return send(document, asked, {});
    throw error;
  }
}
