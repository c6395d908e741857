import { createHash } from 'node:crypto';
import { GraphQLError, stripIgnoredCharacters } from 'graphql';
import type { RouterLog } from '../log.ts';
import type { OperationStore } from './operation-store.ts';

export interface Safelist {
  /** `log` only reports what is outside; `enforced` refuses it. */
  readonly mode: 'off' | 'log' | 'enforced';
  /** Texts by id: of a manifest. Ids of it are known in every mode. */
  readonly operations: ReadonlyMap<string, string>;
  /** Names of the clients that it holds for, by their header `apollographql-client-name`; empty for everybody. */
  readonly clients: readonly string[];
}

export interface PersistedOptions {
  /** Of automatic persisted queries; null to do without them. */
  readonly store: OperationStore | null;
  readonly safelist: Safelist;
  readonly log: RouterLog;
  /** Whether a text may be registered: nothing is kept that would be refused. */
  isValid(query: string): boolean;
}

/** As a client sends it; nothing of it has been looked at. */
export interface AskedText {
  readonly query?: unknown;
  readonly extensions?: unknown;
}

export const NO_SAFELIST: Safelist = { mode: 'off', operations: new Map(), clients: [] };

/**
 * Finds the text of an operation that is asked for by its hash or id: Apollo's protocol of automatic persisted queries
 * (https://www.apollographql.com/docs/apollo-server/performance/apq), and a safelist of what may be asked at all.
 */
export class PersistedOperations {
  readonly #options: PersistedOptions;
  #operations: ReadonlyMap<string, string> = new Map();
  /** The safelist's texts, without what makes no difference. */
  #listed: ReadonlySet<string> = new Set();

  constructor(options: PersistedOptions) {
    this.#options = options;
    this.list(options.safelist.operations);
  }

  /** The safelist's operations from now on, by id. */
  list(operations: ReadonlyMap<string, string>): void {
    this.#operations = operations;
    this.#listed = new Set([...operations.values()].map(stripIgnoredCharacters));
  }

  /** The text to be executed, which is undefined where none is asked for; or why it may not be. */
  async textOf(
    { query, extensions }: AskedText,
    client: string | undefined,
  ): Promise<string | undefined | GraphQLError> {
    const text = typeof query === 'string' && query !== '' ? query : undefined;
    const persisted = (extensions as { persistedQuery?: unknown } | null | undefined)?.persistedQuery;
    const found = persisted ? await this.#persisted(persisted, text, this.#isEnforcedFor(client)) : text;
    if (found === undefined || found instanceof GraphQLError) return found;
    return this.#refusal(found, client) ?? found;
  }

  async #persisted(persisted: unknown, text: string | undefined, enforced: boolean): Promise<string | GraphQLError> {
    const { version, sha256Hash: hash } = persisted as { version?: unknown; sha256Hash?: unknown };
    if (version !== 1 || typeof hash !== 'string')
      return refusal('BAD_REQUEST', 'persistedQuery takes "version": 1 and a "sha256Hash".');
    const { store, isValid } = this.#options;
    const listed = this.#operations.get(hash);
    if (text === undefined) {
      const known = listed ?? (enforced ? undefined : await store?.get(hash));
      if (known !== undefined) return known;
      if (enforced)
        return refusal('PERSISTED_QUERY_NOT_IN_LIST', 'This operation is not on the list of those allowed.');
      if (!store && this.#operations.size === 0)
        return refusal('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
      return refusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
    }
    if (listed !== undefined && stripIgnoredCharacters(listed) === stripped(text)) return text;
    if (createHash('sha256').update(text).digest('hex') !== hash)
      return refusal('BAD_REQUEST', 'provided sha does not match query');
    if (store && !enforced && isValid(text)) await store.set(hash, text);
    return text;
  }

  #isEnforcedFor(client: string | undefined): boolean {
    return this.#options.safelist.mode === 'enforced' && this.#holdsFor(client);
  }

  #holdsFor(client: string | undefined): boolean {
    const { clients } = this.#options.safelist;
    return clients.length === 0 || (client !== undefined && clients.includes(client));
  }

  #refusal(text: string, client: string | undefined): GraphQLError | null {
    const { safelist, log } = this.#options;
    if (safelist.mode === 'off' || !this.#holdsFor(client) || this.#listed.has(stripped(text))) return null;
    if (safelist.mode === 'enforced')
      return refusal('QUERY_NOT_IN_SAFELIST', 'This operation is not on the list of those allowed.');
    const hash = createHash('sha256').update(text).digest('hex');
    log.warn({ client, hash }, 'operation outside the safelist');
    return null;
  }
}

/** A text that cannot be read is on no list. */
function stripped(text: string): string {
  try {
    return stripIgnoredCharacters(text);
  } catch {
    return text;
  }
}

const refusal = (code: string, message: string) => new GraphQLError(message, { extensions: { code } });

/** By the header that Apollo's clients send, or the same in a socket's `connection_init`. */
export function clientNameOf(
  ...sources: readonly (Readonly<Record<string, unknown>> | undefined)[]
): string | undefined {
  for (const source of sources) {
    const name = source?.['apollographql-client-name'];
    if (typeof name === 'string') return name;
  }
  return undefined;
}
