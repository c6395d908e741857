import { readConfig } from '#config';
import type { TypedDocumentString } from '#generated/graphql.ts';
import { type Answer, dataOf } from './answer.ts';
import { ApiError } from './api-error.ts';
import { CLIENT, idOf } from './persisted.ts';

/**
 * Asks the API once, within `API_TIMEOUT_MS`. Data that came with errors is returned: the contract makes null what is missing.
 * @throws {ApiError} when there is no data at all, or all of it is null because of an outage
 */
export async function send<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  headers: Readonly<Record<string, string>>,
): Promise<Result> {
  const answer = await asked<Result>(document.toString(), variables, { ...headers, ...CLIENT });
  const error = answer.errors?.[0];
  if (error) console.warn(`The API answered with ${error.extensions?.code ?? 'an error'}: ${error.message}`);
  const data = dataOf(answer);
  if (data) return data;
  throw new ApiError(error?.extensions?.code ?? 'INTERNAL', 'The API did not answer the question.');
}

/** By the operation's id alone; a router that does not know it, of another build say, ran nothing and is sent the text. */
async function asked<Result>(
  text: string,
  variables: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Answer<Result>> {
  if (readConfig().development) return post(JSON.stringify({ query: text, variables }), headers);
  const extensions = { persistedQuery: { version: 1, sha256Hash: idOf(text) } };
  const answer = await post<Result>(JSON.stringify({ variables, extensions }), headers);
  const code = answer.errors?.[0]?.extensions?.code;
  if (code === 'PERSISTED_QUERY_NOT_FOUND')
    return post(JSON.stringify({ query: text, variables, extensions }), headers);
  if (code === 'PERSISTED_QUERY_NOT_SUPPORTED') return post(JSON.stringify({ query: text, variables }), headers);
  return answer;
}

async function post<Result>(body: string, headers: Readonly<Record<string, string>>): Promise<Answer<Result>> {
  const { routerUrl, apiTimeoutMs } = readConfig();
  // What is the same for everybody may come out of the router's cache; who signed in reads what they wrote.
  const freshness = headers.authorization === undefined ? 'max-stale' : 'no-cache';
  try {
    const response = await fetch(routerUrl, {
      method: 'POST',
      headers: {
        ...headers,
        accept: 'application/graphql-response+json',
        // It is near: packing would cost both ends more than the wire does.
        'accept-encoding': 'identity',
        'content-type': 'application/json',
        // Said by ourselves, as fetch adds `no-cache` to what Next must not keep, and the router would ask everything anew.
        'cache-control': freshness,
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
