import { cookies, headers } from 'next/headers';
import { ACCESS_COOKIE } from '#features/account/session-cookies.ts';
import type { TypedDocumentString } from '#generated/graphql.ts';
import { send } from './send.ts';

/**
 * Asks the API on behalf of whoever made the present request.
 * @throws {ApiError} when the API cannot be reached or answers with no data
 */
export async function request<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  ...[variables]: Variables extends Record<string, never> ? [] : [Variables]
): Promise<Result> {
  return send(document, (variables ?? {}) as Variables, await viewerHeaders());
}

async function viewerHeaders(): Promise<Record<string, string>> {
  const token = (await cookies()).get(ACCESS_COOKIE)?.value;
  const forwardedFor = (await headers()).get('x-forwarded-for');
  return {
    ...(token && { authorization: `Bearer ${token}` }),
    // So that the router limits shoppers apart, and not this server as one.
    ...(forwardedFor && { 'x-forwarded-for': forwardedFor }),
  };
}
