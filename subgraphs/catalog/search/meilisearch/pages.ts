import { Denied } from '#platform/errors/denied.ts';
import { decodeCursor, encodeCursor } from '#platform/graphql/connection.type.ts';
import type { ProductRow } from '../../product.type.ts';
import type { Hit, SearchWindow } from '../search-provider.ts';
import type { MeilisearchClient, SearchBody } from './client.ts';

/** How far from where it stood a product is looked for, first and then. */
const NEAR = [50, 1_000];

/**
 * Meilisearch knows offsets only. So a cursor is a product and where it stood: the product is found again near there, and
 * what was put out or taken away before it moves nothing.
 */
export async function readPage(
  client: MeilisearchClient,
  asked: SearchBody,
  { limit, after, before, fromEnd }: SearchWindow,
  rowsOf: (ids: readonly string[]) => Promise<ProductRow[]>,
): Promise<Hit[]> {
  const start = after == null ? 0 : (await placeOf(client, asked, after, 'after')) + 1;
  const end = before == null ? null : await placeOf(client, asked, before, 'before');
  let from = start;
  let to = Math.min(start + limit, end ?? Number.POSITIVE_INFINITY);
  if (fromEnd) {
    to = end ?? (await client.search({ ...asked, page: 1, hitsPerPage: 1 })).totalHits ?? 0;
    from = Math.max(start, to - limit);
  }
  if (to <= from) return [];
  const { hits } = await client.search({ ...asked, offset: from, limit: to - from });
  const rows = new Map((await rowsOf(hits.map(({ id }) => id))).map((row) => [row.id, row]));
  return hits.flatMap(({ id }, place) => {
    const row = rows.get(id);
    return row ? [{ row, cursor: encodeCursor([from + place, id]) }] : [];
  });
}

/** Where the product of a cursor stands now; where it stood, when it is gone. */
async function placeOf(
  client: MeilisearchClient,
  asked: SearchBody,
  cursor: string,
  argument: string,
): Promise<number> {
  const [stood, id] = decodeCursor(cursor, 2, argument);
  if (!Number.isSafeInteger(stood) || (stood as number) < 0)
    throw new Denied('BAD_USER_INPUT', `${argument} is no cursor of this list; pass one that this list gave.`);
  for (const near of NEAR) {
    const offset = Math.max(0, (stood as number) - near);
    const { hits } = await client.search({ ...asked, offset, limit: 2 * near + 1 });
    const at = hits.findIndex((hit) => hit.id === id);
    if (at >= 0) return offset + at;
  }
  return argument === 'after' ? (stood as number) - 1 : (stood as number);
}
