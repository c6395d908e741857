import { type DocumentNode, type ExecutionResult, GraphQLError, getOperationAST, getVariableValues } from 'graphql';
import { Authorization, type AuthorizationOptions, DEFAULT_AUTHORIZATION } from './authorization/authorization.ts';
import type { Asker } from './context.ts';
import type { OperationLimits } from './limits.ts';
import { operationReader, type ReadOperation } from './operations.ts';
import type { LoadedSupergraph } from './supergraph.ts';

export interface AskedOperation {
  /** Parsed and validated by `read`. */
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What is to be executed, and what its answer still lacks. */
export interface Admitted {
  readonly kind: 'admitted';
  /** As asked, or without the fields that the asker may not see; the same object for the same rights. */
  readonly document: DocumentNode;
  /** Says which fields were taken out; empty when none was. Part of the key of whatever is shared or cached. */
  readonly without: string;
  /** Gives the answer the shape that was asked for: null and an error for each field that was taken out. */
  complete(result: ExecutionResult): ExecutionResult;
}

/** Nothing is executed: the request is refused with these errors and no data. */
export interface Refused {
  readonly kind: 'refused';
  readonly errors: readonly GraphQLError[];
}

/** Nothing is left to execute: this is the answer. */
export interface Answered {
  readonly kind: 'answered';
  readonly answer: ExecutionResult;
}

export type Decision = Admitted | Refused | Answered;

/**
 * What every operation passes before it is executed, whichever way it came: HTTP, socket, SSE or multipart. Made for
 * one supergraph.
 */
export interface Admission {
  /** Parses, validates and measures a text; once, as it is remembered. Never throws. */
  read(query: string): ReadOperation;
  /** Decides on an operation with its variables, for who asks. Never rejects. */
  admit(operation: AskedOperation, asker: Asker): Promise<Decision>;
  /** Only what the asker may see: for what was admitted before, under another supergraph. */
  authorize(operation: AskedOperation, asker: Asker): Promise<Decision>;
}

export interface AdmissionOptions {
  readonly limits: OperationLimits;
  readonly introspection: boolean;
  readonly authorization?: Partial<AuthorizationOptions> | undefined;
}

export function admissionFor(supergraph: LoadedSupergraph, options: AdmissionOptions): Admission {
  const { limits, introspection } = options;
  const authorization = new Authorization(supergraph, { ...DEFAULT_AUTHORIZATION, ...options.authorization });
  const coerced = ({ document, operationName, variables }: AskedOperation) => {
    const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
    return getVariableValues(supergraph.apiSchema, definitions, variables, { maxErrors: 20 });
  };
  const authorize = async (asked: AskedOperation, asker: Asker): Promise<Decision> => {
    if (!getOperationAST(asked.document, asked.operationName)) return { kind: 'refused', errors: [unnamed()] };
    const { coerced: variables, errors } = coerced(asked);
    if (errors) return { kind: 'refused', errors: errors.map(badInput) };
    return authorization.authorize({ ...asked, variables }, asker);
  };
  return { read: operationReader(supergraph.apiSchema, limits, introspection), authorize, admit: authorize };
}

const badInput = ({ message }: GraphQLError): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

export const unnamed = () =>
  new GraphQLError('Name in operationName the operation to execute.', {
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
  });
