import type { ApiErrorCode } from './api-error.ts';

export interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: ApiErrorCode } }[];
}

/** What passes by itself: the part that knows the answer did not give it. */
const PASSING: ReadonlySet<ApiErrorCode> = new Set(['SUBGRAPH_UNAVAILABLE', 'OVERLOADED', 'RATE_LIMITED', 'INTERNAL']);

/**
 * The data of an answer, which may lack a part; null where there is none. All null because of an outage is none: else a
 * page would say "there is no such product" of one that nobody could look up.
 */
export function dataOf<Result>({ data, errors = [] }: Answer<Result>): Result | null {
  if (!data) return null;
  const isEmpty = Object.values(data).every((field) => field === null);
  return isEmpty && errors.some(({ extensions }) => extensions?.code && PASSING.has(extensions.code)) ? null : data;
}
