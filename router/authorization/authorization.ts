import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  type SelectionNode,
} from 'graphql';
import type { Admitted, AskedOperation, Decision } from '../admission.ts';
import type { Asker } from '../context.ts';
import type { LoadedSupergraph } from '../supergraph.ts';
import { type Completion, completeAnswer, isAllRefused } from './complete-answer.ts';
import {
  eachSelection,
  type FilteredOperation,
  type Fragments,
  filterOperation,
  fragmentsOf,
} from './filter-operation.ts';
import { type HoldingPolicies, policiesAreScopes, unauthorized, unmetBy } from './rights.ts';
import { AuthorizationRules, type Condition } from './rules.ts';

export interface AuthorizationOptions {
  /** `filter`: refused fields are null, with an error each; `reject`: one refused field refuses the request. */
  readonly unauthorized: 'filter' | 'reject';
  /** Who decides on `@policy`. */
  readonly policies: HoldingPolicies;
  /** One code for all that is refused, as Apollo's router has it; else UNAUTHENTICATED or FORBIDDEN. */
  readonly code?: 'UNAUTHORIZED_FIELD_OR_TYPE';
}

export const DEFAULT_AUTHORIZATION: AuthorizationOptions = { unauthorized: 'filter', policies: policiesAreScopes };

/** What an operation asks for, whoever asks it. */
interface Examined {
  readonly fragments: Fragments;
  readonly asking: readonly { readonly node: SelectionNode; readonly conditions: readonly Condition[] }[];
  /** Of the root type. */
  readonly ofRoot: readonly Condition[];
  readonly conditions: readonly Condition[];
  /** By the keys of the conditions that do not hold. */
  readonly filtered: Map<string, Filtered>;
}

interface Filtered extends FilteredOperation {
  readonly refusals: ReadonlyMap<SelectionNode, Condition>;
}

/** Of one operation; who holds which of its conditions has few variants in practice. */
const MAX_VARIANTS = 64;

/** Enforces what the supergraph's authorization directives ask for, before anything is planned. */
export class Authorization {
  readonly #rules: AuthorizationRules;
  readonly #schema: GraphQLSchema;
  readonly #options: AuthorizationOptions;
  readonly #examined = new WeakMap<DocumentNode, Map<string, Examined>>();

  constructor({ sdl, apiSchema }: Pick<LoadedSupergraph, 'sdl' | 'apiSchema'>, options: AuthorizationOptions) {
    this.#rules = new AuthorizationRules(sdl, apiSchema);
    this.#schema = apiSchema;
    this.#options = options;
  }

  /** `variables` are coerced. */
  async authorize({ document, operationName, variables }: AskedOperation, asker: Asker): Promise<Decision> {
    const operation = getOperationAST(document, operationName);
    const whole: Admitted = {
      kind: 'admitted',
      document,
      without: '',
      variables,
      isGuarded: false,
      complete: (result) => result,
    };
    if (this.#rules.areEmpty || !operation) return whole;
    const examined = this.#examine(document, operationName);
    if (examined.conditions.length === 0) return whole;
    const unmet = await unmetBy(asker, examined.conditions, this.#options.policies);
    if (unmet.length === 0) return { ...whole, isGuarded: true };

    const without = unmet.map(({ key }) => key).join();
    const filtered = this.#filtered(examined, document, operationName, unmet, without);
    const { code } = this.#options;
    const completion: Completion = {
      ...filtered,
      schema: this.#schema,
      operation,
      fragments: examined.fragments,
      variables,
      errorOf: (condition, path) => unauthorized(asker, condition, path, code),
    };
    const complete = (result: ExecutionResult) => completeAnswer(completion, result);
    if (!filtered.document || isAllRefused(completion)) {
      const { errors = [] } = complete({});
      if (this.#options.unauthorized === 'reject') return { kind: 'refused', errors };
      return { kind: 'answered', answer: { errors, data: null } };
    }
    if (this.#options.unauthorized === 'reject')
      return { kind: 'refused', errors: unmet.map((condition) => unauthorized(asker, condition, undefined, code)) };
    return { kind: 'admitted', document: filtered.document, without, variables, isGuarded: true, complete };
  }

  #examine(document: DocumentNode, operationName: string | undefined): Examined {
    const ofDocument = this.#examined.get(document) ?? new Map<string, Examined>();
    this.#examined.set(document, ofDocument);
    const known = ofDocument.get(operationName ?? '');
    if (known) return known;
    const examined = this.#examineAnew(document, operationName);
    ofDocument.set(operationName ?? '', examined);
    return examined;
  }

  #examineAnew(document: DocumentNode, operationName: string | undefined): Examined {
    const fragments = fragmentsOf(document);
    const operation = getOperationAST(document, operationName);
    const root = operation && this.#schema.getRootType(operation.operation);
    const ofRoot = root ? this.#rules.ofType(root) : [];
    const conditions = new Map(ofRoot.map((condition) => [condition.key, condition]));
    const asking: { node: SelectionNode; conditions: readonly Condition[] }[] = [];
    if (operation) {
      eachSelection(this.#schema, this.#rules, operation, fragments, (node, asked) => {
        if (asked.length === 0) return;
        asking.push({ node, conditions: asked });
        for (const condition of asked) conditions.set(condition.key, condition);
      });
    }
    return { fragments, asking, ofRoot, conditions: [...conditions.values()], filtered: new Map() };
  }

  #filtered(
    { fragments, asking, ofRoot, filtered }: Examined,
    document: DocumentNode,
    operationName: string | undefined,
    unmet: readonly Condition[],
    key: string,
  ): Filtered {
    const known = filtered.get(key);
    if (known) return known;
    const operation = getOperationAST(document, operationName);
    if (!operation) throw new Error('An operation that was examined is there.');
    const missing = new Set(unmet.map((condition) => condition.key));
    const refusals = new Map<SelectionNode, Condition>();
    for (const { node, conditions } of asking) {
      const refusing = conditions.find((condition) => missing.has(condition.key));
      if (refusing) refusals.set(node, refusing);
    }
    const refusingAll = ofRoot.find((condition) => missing.has(condition.key));
    if (refusingAll) for (const node of operation.selectionSet.selections) refusals.set(node, refusingAll);
    const made: Filtered = { ...filterOperation(this.#schema, operation, fragments, refusals), refusals };
    if (filtered.size < MAX_VARIANTS) filtered.set(key, made);
    return made;
  }
}
