import { idOf } from './persisted.ts';

interface Operation {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly body: string;
}

const HEAD = /^\s*(query|mutation|subscription)\s+(\w+)/m;

/** All operations of the storefront as Apollo's manifest (apollo-persisted-query-manifest, version 1), sorted by name. */
export function manifestOf(documents: readonly { toString(): string }[]) {
  const operations = documents.flatMap((document): Operation[] => {
    const body = document.toString();
    const [, type, name] = HEAD.exec(body) ?? [];
    return type && name ? [{ id: idOf(body), name, type, body }] : [];
  });
  operations.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { format: 'apollo-persisted-query-manifest', version: 1, operations };
}
