import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';

type Value = unknown;
type ObjectValue = Readonly<Record<string, Value>>;

/** For entities that an answer holds without their keys: it is dropped with any of their type. */
const ANY = '*';

export const entityTag = (type: string, key: string): string => `${type}:${key}`;
export const subgraphTag = (subgraph: string): string => `@${subgraph}`;

/** The tags that a change drops: of an entity also those of answers that may hold it. */
export function tagsOfChange(change: string): readonly string[] {
  const colon = change.indexOf(':');
  return colon < 0 ? [change] : [change, entityTag(change.slice(0, colon), ANY)];
}

/**
 * By what a kept answer is dropped again. The tag of each type that it could hold, also where the list is empty now; and
 * of each entity in it `Type:key`, or `Type:*` where it is null or its key was not selected.
 */
export class AnswerTags {
  readonly #schema: GraphQLSchema;
  /** The fields that are keys by themselves; null for a type that has composite ones too. */
  readonly #keys: ReadonlyMap<string, readonly string[] | null>;
  readonly #selections = new Map<string, SelectionSetNode>();

  constructor(supergraphSdl: string, supergraphSchema: GraphQLSchema) {
    this.#schema = supergraphSchema;
    this.#keys = keysIn(supergraphSdl);
  }

  ofOperation(document: DocumentNode, operationName: string | null | undefined, data: ObjectValue): Set<string> {
    const tags = new Set<string>();
    const operation = getOperationAST(document, operationName);
    const root = operation && this.#schema.getRootType(operation.operation);
    if (operation && root)
      new Walk(this.#schema, this.#keys, document, tags).answer(operation.selectionSet, root, data);
    return tags;
  }

  /** `selection` is what was asked of an entity, as `{...on Product{name}}`. */
  ofEntity(selection: string, type: string, representation: ObjectValue, entity: ObjectValue): Set<string> {
    const tags = new Set<string>();
    let set = this.#selections.get(selection);
    if (!set) {
      const [definition] = parse(selection, { noLocation: true }).definitions;
      set = (definition as { selectionSet: SelectionSetNode }).selectionSet;
      this.#selections.set(selection, set);
    }
    const known = this.#schema.getType(type);
    if (!isCompositeType(known)) return tags;
    const walk = new Walk(this.#schema, this.#keys, null, tags);
    walk.types(set, known, new Set());
    walk.fields(set, [known.name], entity);
    tags.add(type);
    for (const tag of walk.tagsOf(type, (field) => representation[field])) tags.add(tag);
    return tags;
  }
}

class Walk {
  readonly #schema: GraphQLSchema;
  readonly #keys: ReadonlyMap<string, readonly string[] | null>;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #tags: Set<string>;

  constructor(
    schema: GraphQLSchema,
    keys: ReadonlyMap<string, readonly string[] | null>,
    document: DocumentNode | null,
    tags: Set<string>,
  ) {
    this.#schema = schema;
    this.#keys = keys;
    this.#tags = tags;
    for (const each of document?.definitions ?? [])
      if (each.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(each.name.value, each);
  }

  answer(set: SelectionSetNode, root: GraphQLCompositeType, data: ObjectValue): void {
    this.types(set, root, new Set());
    this.fields(set, [root.name], data);
  }

  /** All types that may be below, by the text alone. */
  types(set: SelectionSetNode, parent: GraphQLCompositeType, seen: Set<string>): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const type = this.#typeOf(parent, selection);
        if (!type || !selection.selectionSet) continue;
        for (const { name } of [type, ...this.#possible(type)]) this.#tags.add(name);
        this.types(selection.selectionSet, type, seen);
        continue;
      }
      const [inner, condition] = this.#within(selection);
      if (inner) this.types(inner, condition ?? parent, seen);
    }
  }

  /** `types` are what the object may be. */
  fields(set: SelectionSetNode, types: readonly string[], object: ObjectValue): void {
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FIELD) {
        const [inner, condition] = this.#within(selection);
        const fitting = condition ? types.filter((name) => this.#fits(name, condition)) : types;
        if (inner && fitting.length > 0) this.fields(inner, fitting, object);
        continue;
      }
      if (!selection.selectionSet) continue;
      const value = object[selection.alias?.value ?? selection.name.value];
      const [parent] = types.flatMap((name) => {
        const type = this.#schema.getType(name);
        return isCompositeType(type) && this.#typeOf(type, selection) ? [type] : [];
      });
      const type = parent && this.#typeOf(parent, selection);
      if (type) this.#value(selection.selectionSet, type, value);
    }
  }

  tagsOf(type: string, fieldOf: (field: string) => Value): string[] {
    const keys = this.#keys.get(type);
    if (keys === undefined) return [];
    const values = keys?.map(fieldOf) ?? [undefined];
    if (values.some((value) => typeof value !== 'string' && typeof value !== 'number')) return [entityTag(type, ANY)];
    return values.map((value) => entityTag(type, String(value)));
  }

  #value(set: SelectionSetNode, type: GraphQLCompositeType, value: Value): void {
    if (Array.isArray(value)) {
      for (const each of value) this.#value(set, type, each);
      return;
    }
    if (value === null || value === undefined || typeof value !== 'object') {
      for (const { name } of this.#possible(type)) if (this.#keys.has(name)) this.#tags.add(entityTag(name, ANY));
      return;
    }
    const object = value as ObjectValue;
    const named = isObjectType(type) ? type.name : this.#fieldValue(set, [], object, '__typename');
    const types = typeof named === 'string' ? [named] : this.#possible(type).map(({ name }) => name);
    for (const name of types)
      for (const tag of this.tagsOf(name, (field) => this.#fieldValue(set, types, object, field))) this.#tags.add(tag);
    this.fields(set, types, object);
  }

  /** What a field without arguments has, where it was selected. */
  #fieldValue(set: SelectionSetNode, types: readonly string[], object: ObjectValue, field: string): Value {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value === field) return object[selection.alias?.value ?? field];
        continue;
      }
      const [inner, condition] = this.#within(selection);
      if (!inner || (condition && types.length > 0 && !types.every((name) => this.#fits(name, condition)))) continue;
      const value = this.#fieldValue(inner, types, object, field);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  #within(
    selection: Exclude<SelectionSetNode['selections'][number], FieldNode>,
  ): [SelectionSetNode | undefined, GraphQLCompositeType | undefined] {
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection;
    const condition = fragment?.typeCondition && this.#schema.getType(fragment.typeCondition.name.value);
    return [fragment?.selectionSet, isCompositeType(condition) ? condition : undefined];
  }

  #typeOf(parent: GraphQLCompositeType, { name }: FieldNode): GraphQLCompositeType | undefined {
    const field = isUnionType(parent) ? undefined : parent.getFields()[name.value];
    const type = field && getNamedType(field.type);
    return isCompositeType(type) ? type : undefined;
  }

  #possible(type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
    return isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type];
  }

  #fits(name: string, condition: GraphQLCompositeType): boolean {
    if (name === condition.name) return true;
    const type = this.#schema.getType(name);
    return isAbstractType(condition) && isObjectType(type) && this.#schema.isSubType(condition, type);
  }
}

/** From the supergraph's `@join__type(key:)`. */
function keysIn(supergraphSdl: string): Map<string, readonly string[] | null> {
  const keys = new Map<string, readonly string[] | null>();
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const fields = new Set<string>();
    let composite = false;
    for (const directive of definition.directives ?? []) {
      const key = directive.arguments?.find(({ name }) => name.value === 'key')?.value;
      if (directive.name.value !== 'join__type' || key?.kind !== Kind.STRING) continue;
      const field = key.value.trim();
      if (/^\w+$/.test(field)) fields.add(field);
      else composite = true;
    }
    if (fields.size > 0 || composite) keys.set(definition.name.value, composite ? null : [...fields]);
  }
  return keys;
}
