import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';

/** An answer as it comes over the wire. */
export interface WireResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Record<string, unknown>;
}

export function resultFromWire({ data, errors, extensions }: WireResult): ExecutionResult {
  const further = extensions ? { extensions } : {};
  if (!errors) return { data: data ?? null, ...further };
  return { ...(data === undefined ? {} : { data }), errors: errorsFromWire(errors), ...further };
}

export const errorsFromWire = (errors: readonly GraphQLFormattedError[]): GraphQLError[] =>
  errors.map(
    ({ message, path, extensions }) =>
      new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null }),
  );
