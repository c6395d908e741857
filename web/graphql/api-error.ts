export type ApiErrorCode =
  | 'UNAVAILABLE'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'OVERLOADED'
  | 'COST_LIMIT'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'SUBGRAPH_UNAVAILABLE'
  | 'INTERNAL';

/** The API could not be reached or did not answer the question. Carries nothing that a shopper may not see. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;

  constructor(code: ApiErrorCode, message: string) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
  }
}

/** The same where a lost answer may hide an order or a payment: pressing again asks for the same one. */
export function wordsForUnansweredPayment(error: unknown): string {
  const words = wordsForApiError(error);
  return (error as ApiError).code === 'RATE_LIMITED' ? words : UNANSWERED_PAYMENT;
}

export const UNANSWERED_PAYMENT = 'No answer came from the shop. Press again; you pay once.';

/** What a form shows when the API could not be asked; the page keeps what was typed. */
export function wordsForApiError(error: unknown): string {
  if (!(error instanceof ApiError)) throw error;
  if (error.code === 'RATE_LIMITED') return 'That was a lot at once. Wait a minute and try again.';
  return 'We could not reach the shop just now. Nothing was changed; try again.';
}
