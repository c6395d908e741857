import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  type InlineFragmentNode,
  isCompositeType,
  isInputObjectType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { isLeftOut } from '../left-out.ts';
import { type Applied, SupergraphDirectives } from '../supergraph-directives.ts';

export interface Estimate {
  readonly cost: number;
  /** The largest page that a field is asked for. */
  readonly largestPage: { readonly of: string; readonly size: number } | null;
  /** What `@listSize` forbids: not exactly one slicing argument where one is required. */
  readonly problem: string | null;
}

type Variables = Readonly<Record<string, unknown>>;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** How long the lists within a field are, which the field itself knows. */
interface Sized {
  readonly fields: readonly string[];
  readonly size: number;
}

interface ListSize {
  readonly assumedSize?: number;
  readonly slicingArguments?: readonly string[];
  readonly sizedFields?: readonly string[];
  readonly requireOneSlicingArgument?: boolean;
}

/** Of Relay's connections, which need no directive to be known. */
const PAGE_ARGUMENTS = ['first', 'last'];
const MUTATION = 10;
const NONE: Variables = {};

/**
 * Estimates what an operation costs before it runs, as Apollo's router does it after IBM's specification
 * (https://www.apollographql.com/docs/graphos/routing/security/demand-control): objects 1, scalars and enums 0, a
 * mutation 10 more, lists times their size; `@cost` and `@listSize` say otherwise. It is the operation as it was asked
 * that is estimated, whatever its plan.
 */
export class CostModel {
  readonly #schema: GraphQLSchema;
  readonly #weights: Applied;
  readonly #listSizes: Applied;
  readonly #assumedSize: number;

  constructor(supergraphSdl: string, apiSchema: GraphQLSchema, assumedSize: number) {
    const directives = new SupergraphDirectives(supergraphSdl);
    this.#schema = apiSchema;
    this.#weights = directives.applied('cost');
    this.#listSizes = directives.applied('cost', 'listSize');
    this.#assumedSize = assumedSize;
  }

  /** `variables` are coerced. */
  estimate(operation: OperationDefinitionNode, fragments: Fragments, variables: Variables): Estimate {
    const root = this.#schema.getRootType(operation.operation);
    const run = new Run(this, fragments, variables);
    const base = operation.operation === 'mutation' ? MUTATION : 0;
    const cost = base + (root ? run.set(operation.selectionSet, root, null) : 0);
    return { cost, largestPage: run.largestPage, problem: run.problem };
  }

  /** Of a field, argument or input field: its own weight, or its type's. */
  weightOf(place: string, type: string): number | undefined {
    const weight = (this.#weights.get(place) ?? this.#weights.get(type))?.weight;
    return weight === undefined ? undefined : Number(weight);
  }

  listSizeOf(place: string): ListSize | undefined {
    return this.#listSizes.get(place);
  }

  typeOf(name: string) {
    return this.#schema.getType(name);
  }

  get assumedSize(): number {
    return this.#assumedSize;
  }
}

/** One estimation; a fragment's cost is reckoned once for each way in which its lists are sized. */
class Run {
  readonly #model: CostModel;
  readonly #fragments: Fragments;
  readonly #variables: Variables;
  readonly #known = new Map<string, number>();
  largestPage: Estimate['largestPage'] = null;
  problem: string | null = null;

  constructor(model: CostModel, fragments: Fragments, variables: Variables) {
    this.#model = model;
    this.#fragments = fragments;
    this.#variables = variables;
  }

  set({ selections }: SelectionSetNode, parent: GraphQLCompositeType, sized: Sized | null): number {
    let cost = 0;
    for (const selection of selections) {
      if (isLeftOut(selection, this.#variables)) continue;
      if (selection.kind === Kind.FIELD) cost += this.#field(selection, parent, sized);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) cost += this.#spread(selection.name.value, sized);
      else cost += this.#fragment(selection, parent, sized);
    }
    return cost;
  }

  #spread(name: string, sized: Sized | null): number {
    const key = sized ? `${name} ${sized.size} ${sized.fields.join()}` : name;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    const cost = fragment ? this.#fragment(fragment, null, sized) : 0;
    this.#known.set(key, cost);
    return cost;
  }

  #fragment(
    { typeCondition, selectionSet }: FragmentDefinitionNode | InlineFragmentNode,
    parent: GraphQLCompositeType | null,
    sized: Sized | null,
  ): number {
    const type = typeCondition ? this.#model.typeOf(typeCondition.name.value) : parent;
    return isCompositeType(type) ? this.set(selectionSet, type, sized) : 0;
  }

  #field(node: FieldNode, parent: GraphQLCompositeType, sized: Sized | null): number {
    const name = node.name.value;
    if (name.startsWith('__') || !('getFields' in parent)) return 0;
    const field = parent.getFields()[name];
    if (!field) return 0;
    const place = `${parent.name}.${name}`;
    const type = getNamedType(field.type);
    const given = field.args.length > 0 ? getArgumentValues(field, node, this.#variables) : NONE;
    const page = this.#page(place, field, given);

    let count = 1;
    if (isListType(getNullableType(field.type)))
      count = (sized?.fields.includes(name) ? sized.size : page.size) ?? this.#model.assumedSize;
    let cost = this.#model.weightOf(place, type.name) ?? (isCompositeType(type) ? 1 : 0);
    if (node.selectionSet && isCompositeType(type)) {
      const below = page.sizedFields && page.size !== undefined ? { fields: page.sizedFields, size: page.size } : null;
      cost += this.set(node.selectionSet, type, below);
    }
    cost *= Math.max(0, count);
    for (const {
      name: { value: argument },
    } of node.arguments ?? []) {
      const definition = field.args.find((candidate) => candidate.name === argument);
      if (definition) cost += this.#input(given[argument], `${place}(${argument})`, definition);
    }
    return cost;
  }

  /** How long the lists of a field will be, as far as it says so. */
  #page(place: string, field: GraphQLField<unknown, unknown>, given: Variables) {
    const {
      slicingArguments,
      assumedSize,
      sizedFields,
      requireOneSlicingArgument = true,
    } = this.#model.listSizeOf(place) ?? {};
    const slicing =
      slicingArguments ?? PAGE_ARGUMENTS.filter((name) => field.args.some((argument) => argument.name === name));
    const sizes = slicing.map((path) => numberAt(given, path)).filter((size) => size !== undefined);
    if (slicingArguments && requireOneSlicingArgument && sizes.length !== 1)
      this.problem ??= `${place} takes exactly one of ${slicingArguments.join(', ')}.`;
    const largest = sizes.length > 0 ? Math.max(...sizes) : undefined;
    if (largest !== undefined && largest > (this.largestPage?.size ?? 0))
      this.largestPage = { of: place, size: largest };
    return { size: (slicingArguments ? largest : undefined) ?? assumedSize, sizedFields };
  }

  #input(value: unknown, place: string, definition: GraphQLArgument | GraphQLInputField): number {
    if (value === null || value === undefined) return 0;
    const type = getNamedType(definition.type);
    const weight = this.#model.weightOf(place, type.name);
    if (Array.isArray(value)) {
      let cost = weight ?? 0;
      for (const element of value) cost += this.#input(element, place, definition);
      return cost;
    }
    if (!isInputObjectType(type)) return weight ?? 0;
    let cost = weight ?? 1;
    for (const [name, field] of Object.entries(type.getFields()))
      cost += this.#input((value as Variables)[name], `${type.name}.${name}`, field);
    return cost;
  }
}

/** `path` may lead into an input object, e.g. `page.first`. */
function numberAt(given: Variables, path: string): number | undefined {
  let value: unknown = given;
  for (const name of path.split('.')) value = (value as Variables | null | undefined)?.[name];
  return typeof value === 'number' ? value : undefined;
}
