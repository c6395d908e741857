import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';

/** An answer as it comes over the wire. */
export interface WireResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

export function resultFromWire({ data, errors }: WireResult): ExecutionResult {
  if (!errors) return { data: data ?? null };
  return data === undefined ? { errors: errorsFromWire(errors) } : { data, errors: errorsFromWire(errors) };
}

export const errorsFromWire = (errors: readonly GraphQLFormattedError[]): GraphQLError[] =>
  errors.map(
    ({ message, path, extensions }) =>
      new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null }),
  );
