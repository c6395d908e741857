import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** A field that some `@requires` asks for with arguments, under a name that nobody else uses. */
export interface WantedField {
  readonly field: string;
  readonly arguments: readonly ArgumentNode[];
}

/** What keys, `@requires` and `@fromContext` of a supergraph read from answers, and how that is kept apart from what clients ask. */
export interface RequiredFields {
  /** The supergraph as the planner gets it. */
  readonly sdl: string;
  /** By the name that the planner knows. */
  readonly wanted: ReadonlyMap<string, WantedField>;
  /** `Type.field` → the names in `wanted` that the field requires. */
  readonly wantedBy: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names that keys, requirements and contexts read: a client's alias must not stand there. */
  readonly read: ReadonlySet<string>;
}

type TypeNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * The planner puts a required `price(currency: "USD")` and a client's `price(currency: "EUR")` under one name, and one of
 * them is lost. So each required use of a field that takes arguments becomes a field of its own for the planner;
 * `planned-arguments.ts` gives its plans the true fields back.
 */
export function requiredFields(sdl: string): RequiredFields {
  const document = parse(sdl, { noLocation: true });
  const types = new Map<string, TypeNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.INTERFACE_TYPE_DEFINITION)
      types.set(each.name.value, each);

  const read = new Set<string>();
  const names = new Map<string, string>();
  const wanted = new Map<string, WantedField>();
  const wantedBy = new Map<string, Set<string>>();
  /** By type, the fields to add: of an interface, to its types as well. */
  const added = new Map<string, Map<string, FieldDefinitionNode>>();

  const add = (type: TypeNode, original: FieldDefinitionNode, name: string): void => {
    const fields = added.get(type.name.value) ?? new Map<string, FieldDefinitionNode>();
    added.set(type.name.value, fields);
    const directives = original.directives?.filter((each) => each.name.value === 'join__field') ?? [];
    fields.set(name, {
      kind: Kind.FIELD_DEFINITION,
      name: nameNode(name),
      type: original.type,
      arguments: [],
      directives,
    });
    if (type.kind !== Kind.INTERFACE_TYPE_DEFINITION) return;
    for (const each of types.values()) {
      const own = fieldOf(each, original.name.value);
      if (own && each.interfaces?.some((implemented) => implemented.name.value === type.name.value))
        add(each, own, name);
    }
  };

  const renamed = (type: TypeNode | undefined, set: SelectionSetNode, uses: Set<string>): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition ? types.get(selection.typeCondition.name.value) : type;
        return { ...selection, selectionSet: renamed(on, selection.selectionSet, uses) };
      }
      const original = type && fieldOf(type, selection.name.value);
      const inner = original && types.get(namedType(original));
      const selectionSet = selection.selectionSet && renamed(inner, selection.selectionSet, uses);
      const plain: FieldNode = { ...selection, ...(selectionSet && { selectionSet }) };
      if (!type || !original?.arguments?.length) return plain;
      const use = `${selection.name.value}(${(selection.arguments ?? []).map(print).sort().join()})`;
      const name = names.get(use) ?? `${selection.name.value}__required${names.size}`;
      names.set(use, name);
      wanted.set(name, { field: selection.name.value, arguments: selection.arguments ?? [] });
      uses.add(name);
      add(type, original, name);
      return { ...plain, name: nameNode(name), arguments: [] };
    }),
  });

  const rewritten = new Map<DirectiveNode, DirectiveNode>();
  for (const type of types.values()) {
    for (const text of texts(type.directives, 'join__type', 'key')) readNames(text.set, read);
    for (const field of type.fields ?? []) {
      for (const set of contextSelections(field.directives)) readNames(set, read);
      for (const { directive, set } of texts(field.directives, 'join__field', 'requires')) {
        readNames(set, read);
        const uses = new Set<string>();
        const changed = print(renamed(type, set, uses))
          .replace(/^\{|\}$/g, '')
          .replace(/\s+/g, ' ')
          .trim();
        if (uses.size === 0) continue;
        rewritten.set(directive, withText(directive, 'requires', changed));
        const key = `${type.name.value}.${field.name.value}`;
        wantedBy.set(key, new Set([...(wantedBy.get(key) ?? []), ...uses]));
      }
    }
  }
  if (wanted.size === 0) return { sdl, wanted, wantedBy, read };
  return { sdl: print(changedDocument(document, added, rewritten)), wanted, wantedBy, read };
}

function changedDocument(
  document: DocumentNode,
  added: ReadonlyMap<string, ReadonlyMap<string, FieldDefinitionNode>>,
  rewritten: ReadonlyMap<DirectiveNode, DirectiveNode>,
): DocumentNode {
  const withFields = <Type extends TypeNode>(type: Type): Type => ({
    ...type,
    fields: [...(type.fields ?? []), ...(added.get(type.name.value)?.values() ?? [])],
  });
  return visit(document, {
    Directive: (directive) => rewritten.get(directive),
    ObjectTypeDefinition: { leave: (type: ObjectTypeDefinitionNode) => withFields(type) },
    InterfaceTypeDefinition: { leave: (type: InterfaceTypeDefinitionNode) => withFields(type) },
  });
}

const nameNode = (value: string) => ({ kind: Kind.NAME, value }) as const;

const fieldOf = ({ fields = [] }: TypeNode, name: string): FieldDefinitionNode | undefined =>
  fields.find((each) => each.name.value === name);

function namedType({ type }: FieldDefinitionNode): string {
  let named = type;
  while (named.kind !== Kind.NAMED_TYPE) named = named.type;
  return named.name.value;
}

/** The selections that directives hold as text. */
const texts = (directives: readonly DirectiveNode[] = [], name: string, argument: string) =>
  directives.flatMap((directive) => {
    if (directive.name.value !== name) return [];
    const value = directive.arguments?.find((each) => each.name.value === argument)?.value;
    return value?.kind === Kind.STRING ? [{ directive, set: selectionOf(value.value) }] : [];
  });

/** `@join__field(contextArguments: [{ selection: " { prop }" … }])`: what fields take from what holds them. */
const contextSelections = (directives: readonly DirectiveNode[] = []): SelectionSetNode[] =>
  directives.flatMap((directive) => {
    const given = directive.arguments?.find((each) => each.name.value === 'contextArguments')?.value;
    if (directive.name.value !== 'join__field' || given?.kind !== Kind.LIST) return [];
    return given.values.flatMap((each) => {
      const selection =
        each.kind === Kind.OBJECT ? each.fields.find(({ name }) => name.value === 'selection')?.value : undefined;
      return selection?.kind === Kind.STRING ? [selectionOf(selection.value)] : [];
    });
  });

function selectionOf(text: string): SelectionSetNode {
  const [operation] = parse(/^\s*\{/.test(text) ? text : `{${text}}`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`${text} is no selection.`);
  return operation.selectionSet;
}

function readNames(set: SelectionSetNode, into: Set<string>): void {
  visit(set, { Field: ({ name }) => void into.add(name.value) });
}

const withText = (directive: DirectiveNode, argument: string, value: string): DirectiveNode => ({
  ...directive,
  arguments:
    directive.arguments?.map((each) =>
      each.name.value === argument ? { ...each, value: { kind: Kind.STRING, value } } : each,
    ) ?? [],
});
