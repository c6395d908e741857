import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/** What an operation may be at most; depth, height, aliases and root fields are counted as Apollo's router does. */
export interface OperationLimits {
  /** Fields below each other. */
  readonly depth: number;
  /** Different fields; one that is asked for again, under an alias too, counts once. */
  readonly height: number;
  /** Fields in all, those of a fragment counted wherever it is spread: what a planner has to look at. */
  readonly fields: number;
  /** Aliases in all, those of a fragment counted wherever it is spread. */
  readonly aliases: number;
  /** Fields of the root, aliases counted each. */
  readonly rootFields: number;
  /** Uses of directives in the document. */
  readonly directives: number;
  /** Lexical tokens of the document. */
  readonly tokens: number;
  /** Elements of a list in an argument, wherever it is nested. */
  readonly listItems: number;
  /** What `first`, `last` or another slicing argument of `@listSize` may ask for. */
  readonly pageSize: number;
}

/** Twice what the storefront's own largest operations need, and more where a need is easily larger. */
export const DEFAULT_LIMITS: OperationLimits = {
  depth: 15,
  height: 400,
  fields: 2_000,
  aliases: 30,
  rootFields: 20,
  directives: 50,
  tokens: 5_000,
  listItems: 1_000,
  pageSize: 1_000,
};

type FormLimits = Pick<OperationLimits, 'depth' | 'height' | 'fields' | 'aliases' | 'rootFields' | 'directives'>;

interface Size {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  /** Fields of the selection itself, and of fragments in it. */
  readonly own: number;
}

const EMPTY: Size = { depth: 0, fields: 0, aliases: 0, own: 0 };

/** Refuses operations by their form, before anything is executed. Introspection is left to graphql-js' own limit. */
export const limitsRule =
  (limits: FormLimits): ValidationRule =>
  (context: ValidationContext): ASTVisitor => {
    const fragmentOf = (name: string) => context.getFragment(name);
    const sizeOf = sizeReader(fragmentOf);
    let directives = 0;

    return {
      Directive() {
        directives += 1;
        if (directives === limits.directives + 1)
          context.reportError(tooMuch(`more than ${limits.directives} directives`));
      },
      OperationDefinition(operation) {
        const size = sizeOf(operation.selectionSet);
        const refuse = (what: string, limit: number, is: number | string) =>
          context.reportError(
            new GraphQLError(`The operation has ${what} ${is}; at most ${limit} is allowed.`, {
              nodes: operation,
              extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
            }),
          );
        if (size.depth > limits.depth) refuse('depth', limits.depth, size.depth);
        if (size.fields > limits.fields) refuse('fields', limits.fields, size.fields);
        if (size.aliases > limits.aliases) refuse('aliases', limits.aliases, size.aliases);
        if (size.own > limits.rootFields) refuse('root fields', limits.rootFields, size.own);
        if (size.fields > limits.height && isHigherThan(limits.height, operation.selectionSet, fragmentOf))
          refuse('height', limits.height, `over ${limits.height}`);
      },
    };
  };

const tooMuch = (what: string) =>
  new GraphQLError(`The document has ${what}.`, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });

type FragmentOf = (name: string) => FragmentDefinitionNode | null | undefined;

/** Measures each fragment once, however often it is spread. */
function sizeReader(fragmentOf: FragmentOf): (set: SelectionSetNode) => Size {
  const sizes = new Map<string, Size>();

  const sizeOfFragment = (name: string): Size => {
    const known = sizes.get(name);
    if (known) return known;
    // Stands while the fragment is measured, so that a circle (which another rule refuses) ends.
    sizes.set(name, EMPTY);
    const fragment = fragmentOf(name);
    const size = fragment ? sizeOf(fragment.selectionSet) : EMPTY;
    sizes.set(name, size);
    return size;
  };

  const sizeOf = ({ selections }: SelectionSetNode): Size => {
    let [depth, fields, aliases, own] = [0, 0, 0, 0];
    for (const selection of selections) {
      let size = EMPTY;
      if (selection.kind === Kind.FRAGMENT_SPREAD) size = sizeOfFragment(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) size = sizeOf(selection.selectionSet);
      else {
        if (selection.alias) aliases += 1;
        const introspects = selection.name.value.startsWith('__');
        const inner = selection.selectionSet && !introspects ? sizeOf(selection.selectionSet) : EMPTY;
        size = { depth: inner.depth + 1, fields: inner.fields + 1, aliases: inner.aliases, own: 1 };
      }
      depth = Math.max(depth, size.depth);
      fields += size.fields;
      aliases += size.aliases;
      own += size.own;
    }
    return { depth, fields, aliases, own };
  };
  return sizeOf;
}

/** Counts fields that are the same at the same place once. Ends as soon as it is known, for fragments may multiply. */
function isHigherThan(limit: number, set: SelectionSetNode, fragmentOf: FragmentOf): boolean {
  interface Place {
    readonly fields: Map<string, Place>;
    readonly spread: Set<string>;
  }
  const place = (): Place => ({ fields: new Map(), spread: new Set() });
  let height = 0;

  const add = ({ selections }: SelectionSetNode, at: Place): void => {
    for (const selection of selections) {
      if (height > limit) return;
      if (selection.kind === Kind.INLINE_FRAGMENT) add(selection.selectionSet, at);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value;
        if (at.spread.has(name)) continue;
        at.spread.add(name);
        const fragment = fragmentOf(name);
        if (fragment) add(fragment.selectionSet, at);
      } else {
        const name = selection.name.value;
        let below = at.fields.get(name);
        if (!below) {
          below = place();
          at.fields.set(name, below);
          height += 1;
        }
        if (selection.selectionSet && !name.startsWith('__')) add(selection.selectionSet, below);
      }
    }
  };
  add(set, place());
  return height > limit;
}
