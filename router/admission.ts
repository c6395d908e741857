import { type DocumentNode, type ExecutionResult, GraphQLError, getOperationAST, getVariableValues } from 'graphql';
import { Authorization, type AuthorizationOptions, DEFAULT_AUTHORIZATION } from './authorization/authorization.ts';
import type { Asker } from './context.ts';
import type { Estimate } from './demand/cost-model.ts';
import { type CostReport, DEFAULT_DEMAND, Demand, type DemandOptions } from './demand/demand.ts';
import { wrongVariables } from './input-limits.ts';
import type { OperationLimits } from './limits.ts';
import { operationReader, type ReadOperation } from './operations.ts';
import type { LoadedSupergraph } from './supergraph.ts';

export interface AskedOperation {
  /** Parsed and validated by `read`. */
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether the answer is to tell what it cost. */
  readonly tellCost?: boolean;
}

/** What is to be executed, and what its answer still lacks. */
export interface Admitted {
  readonly kind: 'admitted';
  /** As asked, or without the fields that the asker may not see; the same object for the same rights. */
  readonly document: DocumentNode;
  /** Says which fields were taken out; empty when none was. Part of the key of whatever is shared or cached. */
  readonly without: string;
  /** As the schema has them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether it asks for something that not everybody may see: its answer is for this viewer alone. */
  readonly isGuarded: boolean;
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
  readonly demand?: Partial<DemandOptions> | undefined;
}

export function admissionFor(supergraph: LoadedSupergraph, options: AdmissionOptions): Admission {
  const { limits, introspection } = options;
  const authorization = new Authorization(supergraph, { ...DEFAULT_AUTHORIZATION, ...options.authorization });
  const demand = new Demand(supergraph, { ...DEFAULT_DEMAND, ...options.demand });

  /** With its variables as the schema has them, or what is wrong with them. */
  const coerced = (asked: AskedOperation): AskedOperation | Refused => {
    const operation = getOperationAST(asked.document, asked.operationName);
    if (!operation) return refused([unnamed()]);
    const definitions = operation.variableDefinitions ?? [];
    const values = getVariableValues(supergraph.apiSchema, definitions, asked.variables, { maxErrors: 20 });
    return values.errors ? refused(values.errors.map(badInput)) : { ...asked, variables: values.coerced };
  };

  return {
    read: operationReader(supergraph.apiSchema, limits, introspection),
    async authorize(asked, asker) {
      const operation = coerced(asked);
      return 'kind' in operation ? operation : authorization.authorize(operation, asker);
    },
    async admit(asked, asker) {
      const wrong = wrongVariables(asked.variables, limits.listItems);
      if (wrong) return refused([wrong]);
      const operation = coerced(asked);
      if ('kind' in operation) return operation;
      const decision = await authorization.authorize(operation, asker);
      if (decision.kind !== 'admitted') return decision;
      const report = await charged({ ...operation, document: decision.document }, asker);
      if (report instanceof GraphQLError) return refused([report]);
      return asked.tellCost ? telling(decision, report) : decision;
    },
  };

  async function charged(operation: AskedOperation, asker: Asker): Promise<CostReport | GraphQLError> {
    let estimate: Estimate;
    try {
      estimate = demand.estimate(operation);
    } catch (error) {
      // A variable may be null where its default made it valid.
      return badInput(error as GraphQLError);
    }
    const { problem, largestPage } = estimate;
    if (problem) return badInput({ message: problem });
    if (largestPage && largestPage.size > limits.pageSize)
      return badInput({
        message: `${largestPage.of} is asked for ${largestPage.size}; at most ${limits.pageSize} are allowed.`,
      });
    return demand.charge(estimate, asker);
  }
}

const refused = (errors: readonly GraphQLError[]): Refused => ({ kind: 'refused', errors });

const telling = (admitted: Admitted, cost: CostReport): Admitted => ({
  ...admitted,
  complete: (result) => {
    const completed = admitted.complete(result);
    return { ...completed, extensions: { ...completed.extensions, cost } };
  },
});

const badInput = ({ message }: Pick<GraphQLError, 'message'>): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

export const unnamed = () =>
  new GraphQLError('Name in operationName the operation to execute.', {
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
  });
