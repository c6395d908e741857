import { createHash } from 'node:crypto';
import type { ExecutionResult } from 'graphql';

const REMEMBERED_MOST = 2_000;

/**
 * Automatic persisted queries at one subgraph, by Apollo's protocol: the SHA-256 of a text goes first, the text when the
 * subgraph does not know it. One that does not take hashes at all is remembered, and gets texts from then on.
 */
export class PersistedTexts {
  readonly #hashes = new Map<string, string>();
  #on: boolean;

  constructor(on: boolean) {
    this.#on = on;
  }

  get on(): boolean {
    return this.#on;
  }

  /** What an operation carries in its `extensions`. */
  extensionsFor(query: string): object {
    let hash = this.#hashes.get(query);
    if (!hash) {
      hash = createHash('sha256').update(query).digest('hex');
      if (this.#hashes.size >= REMEMBERED_MOST) this.#hashes.delete(this.#hashes.keys().next().value as string);
      this.#hashes.set(query, hash);
    }
    return { persistedQuery: { version: 1, sha256Hash: hash } };
  }

  /** Whether an answer to a hash wants the text: then nothing has been executed, mutations included. */
  wantsText({ data, errors }: ExecutionResult): boolean {
    if (data || !errors) return false;
    const said = (code: string, message: string) =>
      errors.some((error) => error.extensions?.code === code || error.message === message);
    if (said('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported')) {
      this.#on = false;
      return true;
    }
    return said('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
  }
}
