import { createHash } from 'node:crypto';
import { readConfig } from '#config';
import type { LiveDocument } from './live.ts';

/** What the storefront calls itself to the API, which may hold it to the operations of its build. */
export const CLIENT = { 'apollographql-client-name': 'storefront' };

const ids = new Map<string, string>();

/** An operation's id in the manifest of the build: the SHA-256 of its text, which automatic persisted queries know too. */
export function idOf(text: string): string {
  let id = ids.get(text);
  if (!id) {
    id = createHash('sha256').update(text).digest('hex');
    ids.set(text, id);
  }
  return id;
}

/** What a browser is given to follow: while documents are being written, the API knows none of them. */
export function liveDocument(document: { toString(): string }): LiveDocument {
  const text = document.toString();
  return { document: text, documentId: readConfig().development ? null : idOf(text) };
}
