import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

export interface OperationLimits {
  /** Fields below each other. */
  readonly depth: number;
  /** Aliases in all, those of a fragment counted wherever it is spread. */
  readonly aliases: number;
  /** Lexical tokens of the document. */
  readonly tokens: number;
}

/** Twice what the storefront's own largest operations need. */
export const DEFAULT_LIMITS: OperationLimits = { depth: 15, aliases: 30, tokens: 5_000 };

interface Size {
  readonly depth: number;
  readonly aliases: number;
}

const EMPTY: Size = { depth: 0, aliases: 0 };

/** Refuses operations by their form, before anything is executed. Introspection is left to graphql-js' own limit. */
export const limitsRule =
  (limits: Pick<OperationLimits, 'depth' | 'aliases'>): ValidationRule =>
  (context: ValidationContext): ASTVisitor => {
    const sizes = new Map<string, Size>();

    const sizeOfFragment = (name: string): Size => {
      const known = sizes.get(name);
      if (known) return known;
      // Stands while the fragment is measured, so that a circle (which another rule refuses) ends.
      sizes.set(name, EMPTY);
      const fragment: FragmentDefinitionNode | null | undefined = context.getFragment(name);
      const size = fragment ? sizeOf(fragment.selectionSet) : EMPTY;
      sizes.set(name, size);
      return size;
    };

    const sizeOf = ({ selections }: SelectionSetNode): Size => {
      let depth = 0;
      let aliases = 0;
      for (const selection of selections) {
        let size = EMPTY;
        if (selection.kind === Kind.FRAGMENT_SPREAD) size = sizeOfFragment(selection.name.value);
        else if (selection.kind === Kind.INLINE_FRAGMENT) size = sizeOf(selection.selectionSet);
        else {
          if (selection.alias) aliases += 1;
          const introspects = selection.name.value.startsWith('__');
          const inner = selection.selectionSet && !introspects ? sizeOf(selection.selectionSet) : EMPTY;
          size = { depth: inner.depth + 1, aliases: inner.aliases };
        }
        depth = Math.max(depth, size.depth);
        aliases += size.aliases;
      }
      return { depth, aliases };
    };

    return {
      OperationDefinition(operation) {
        const size = sizeOf(operation.selectionSet);
        const refuse = (what: string, limit: number, is: number) =>
          context.reportError(
            new GraphQLError(`The operation has ${what} ${is}; at most ${limit} is allowed.`, {
              nodes: operation,
              extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
            }),
          );
        if (size.depth > limits.depth) refuse('depth', limits.depth, size.depth);
        if (size.aliases > limits.aliases) refuse('aliases', limits.aliases, size.aliases);
      },
    };
  };
