import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { inSpanSync } from '#platform/telemetry/traces.ts';
import { listLiteralsRule } from './input-limits.ts';
import { limitsRule, type OperationLimits } from './limits.ts';

/** Beside those of GraphQL's specification. */
export const operationRules = (limits: OperationLimits): ValidationRule[] => [
  limitsRule(limits),
  listLiteralsRule(limits.listItems),
];

export type ReadOperation = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

const MAX_DOCUMENTS = 1_000;
/** A document takes about ten times the memory of its text. */
const MAX_CHARACTERS = 5_000_000;

/**
 * Parses and validates what arrives on sockets by the same rules as over HTTP, once a text. Never throws: graphql-ws
 * would close the whole socket.
 */
export function operationReader(
  schema: GraphQLSchema,
  limits: OperationLimits,
  introspection: boolean,
): (query: string) => ReadOperation {
  const rules = [
    ...specifiedRules,
    ...operationRules(limits),
    ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
  ];
  const known = new Map<string, ReadOperation>();
  let characters = 0;

  const read = (query: string): ReadOperation => {
    let document: DocumentNode;
    try {
      document = inSpanSync('parse', () => parse(query, { maxTokens: limits.tokens }));
    } catch (error) {
      return { errors: [coded('GRAPHQL_PARSE_FAILED', error)] };
    }
    try {
      const errors = inSpanSync('validate', () =>
        validate(schema, document, rules, { maxErrors: 20, hideSuggestions: true }),
      );
      return errors.length > 0
        ? { errors: errors.map((error) => coded('GRAPHQL_VALIDATION_FAILED', error)) }
        : { document };
    } catch (error) {
      // graphql-js 16 throws on @include(if: $variable) at a subscription's root.
      return { errors: [coded('GRAPHQL_VALIDATION_FAILED', error)] };
    }
  };

  return (query) => {
    const remembered = known.get(query);
    // What is asked often stays, whatever else is asked once: plans hang on its document.
    if (remembered) known.delete(query);
    else characters += query.length;
    const operation = remembered ?? read(query);
    known.set(query, operation);
    while (known.size > MAX_DOCUMENTS || characters > MAX_CHARACTERS) {
      const oldest = known.keys().next().value as string;
      known.delete(oldest);
      characters -= oldest.length;
    }
    return operation;
  };
}

function coded(code: string, error: unknown): GraphQLError {
  if (!(error instanceof GraphQLError))
    return new GraphQLError('This operation cannot be validated.', { extensions: { code } });
  const { message, nodes = null, source = null, positions = null } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}
