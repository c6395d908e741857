import { readConfig } from '#config';
import type { TypedDocumentString } from '#generated/graphql.ts';
import { ApiError, type ApiErrorCode } from './api-error.ts';

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: ApiErrorCode } }[];
}

/**
 * Asks the API once, within `API_TIMEOUT_MS`. Data that came with errors is returned: the contract makes null what is missing.
 * @throws {ApiError} when there is no data at all
 */
export async function send<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  headers: Readonly<Record<string, string>>,
): Promise<Result> {
  const answer = await post<Result>(JSON.stringify({ query: document.toString(), variables }), headers);
  const error = answer.errors?.[0];
  if (error) console.warn(`The API answered with ${error.extensions?.code ?? 'an error'}: ${error.message}`);
  if (answer.data) return answer.data;
  throw new ApiError(error?.extensions?.code ?? 'INTERNAL', 'The API did not answer the question.');
}

async function post<Result>(body: string, headers: Readonly<Record<string, string>>): Promise<Answer<Result>> {
  const { routerUrl, apiTimeoutMs } = readConfig();
  try {
    const response = await fetch(routerUrl, {
      method: 'POST',
      headers: {
        ...headers,
        accept: 'application/graphql-response+json',
        // It is near: packing would cost both ends more than the wire does.
        'accept-encoding': 'identity',
        'content-type': 'application/json',
      },
      body,
      cache: 'no-store',
      signal: AbortSignal.timeout(apiTimeoutMs),
    });
    return (await response.json()) as Answer<Result>;
  } catch (cause) {
    throw new ApiError('UNAVAILABLE', `The API at ${routerUrl} cannot be reached (${(cause as Error).name}).`);
  }
}
