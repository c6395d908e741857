import { type ConstDirectiveNode, type DocumentNode, Kind, parse, valueFromASTUntyped } from 'graphql';

type Arguments = Readonly<Record<string, unknown>>;

/** Where a supergraph's schema applies directives: `Type`, `Type.field`, `Type.field(argument)` or `Input.field`. */
export type Applied = ReadonlyMap<string, Arguments>;

/** Reads how a supergraph uses directives of Apollo's specifications, by whatever names it has them. */
export class SupergraphDirectives {
  readonly #document: DocumentNode;
  readonly #links: readonly Arguments[];

  constructor(supergraphSdl: string) {
    this.#document = parse(supergraphSdl, { noLocation: true });
    this.#links = this.#document.definitions.flatMap((definition) =>
      definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
        ? (definition.directives ?? []).filter(({ name }) => name.value === 'link').map(argumentsOf)
        : [],
    );
  }

  /** E.g. `applied('cost', 'listSize')`: of https://specs.apollo.dev/cost the directive @listSize. */
  applied(specification: string, directive = specification): Applied {
    const found = new Map<string, Arguments>();
    const name = this.#nameOf(specification, directive);
    if (!name) return found;
    const note = (place: string, directives: readonly ConstDirectiveNode[] = []) => {
      const used = directives.find((candidate) => candidate.name.value === name);
      if (used) found.set(place, argumentsOf(used));
    };
    for (const definition of this.#document.definitions) {
      if (!('name' in definition) || !definition.name || definition.kind === Kind.DIRECTIVE_DEFINITION) continue;
      const type = definition.name.value;
      note(type, definition.directives as readonly ConstDirectiveNode[]);
      for (const field of 'fields' in definition ? (definition.fields ?? []) : []) {
        note(`${type}.${field.name.value}`, field.directives);
        for (const argument of 'arguments' in field ? (field.arguments ?? []) : [])
          note(`${type}.${field.name.value}(${argument.name.value})`, argument.directives);
      }
    }
    return found;
  }

  /** By the rules of https://specs.apollo.dev/link: imported, or under the specification's name or its alias. */
  #nameOf(specification: string, directive: string): string | null {
    const prefix = `https://specs.apollo.dev/${specification}/`;
    const link = this.#links.find(({ url }) => typeof url === 'string' && url.startsWith(prefix));
    if (!link) return null;
    for (const item of Array.isArray(link.import) ? link.import : []) {
      const { name, as = name } = typeof item === 'string' ? { name: item } : item;
      if (name === `@${directive}`) return String(as).slice(1);
    }
    const own = String(link.as ?? specification);
    return directive === specification ? own : `${own}__${directive}`;
  }
}

const argumentsOf = (directive: ConstDirectiveNode): Arguments =>
  Object.fromEntries((directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
