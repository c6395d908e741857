import { type DocumentNode, type FieldNode, Kind, visit } from 'graphql';

const SUFFIX = '__asked';
/** Also what `required-fields.ts` calls a field that is required with arguments. */
const INTERNAL = /__(?:asked|required\d+)$/;

/**
 * How clients' names stand in the data: an alias that is the name of a field which keys or `@requires` read (`id: title`)
 * would hide that field, so it is asked for by another name.
 */
export class ClientNames {
  readonly #read: ReadonlySet<string>;

  constructor(read: ReadonlySet<string>) {
    this.#read = read;
  }

  /** The name in the data of what a client asks for. */
  inData({ alias, name }: FieldNode): string {
    const asked = (alias ?? name).value;
    return alias && asked !== name.value && this.#read.has(asked) ? asked + SUFFIX : asked;
  }

  /** The operation as it is planned; the same object where nothing is changed. */
  document(document: DocumentNode): DocumentNode {
    return visit(document, {
      Field: (field) => {
        const value = this.inData(field);
        return value.endsWith(SUFFIX) ? { ...field, alias: { kind: Kind.NAME, value } } : undefined;
      },
    });
  }

  /** A path in the data as the client knows it. */
  path(path: readonly (string | number)[]): (string | number)[] {
    return path.map((step) => (typeof step === 'string' ? step.replace(INTERNAL, '') : step));
  }
}
