import { database } from '../database.ts';
import { describeCodes } from './describe-codes.ts';
import type { DocumentQuery } from './document-query.ts';
import { type FoundFacet, type FoundValue, MOST_VALUES } from './search-provider.ts';

/** Of the products that fail the filters of none, or of one facet alone. */
interface Group {
  /** Which filter they fail, from 1; 0 for those that are found. */
  failing: number;
  count: number;
  least: bigint | null;
  most: bigint | null;
  /** What each of them has, three bytes a value. */
  codes: Buffer | null;
}

/**
 * Counts every value over the whole result, in two statements however large it is. Postgres only gathers the codes of what
 * is found: counting a million of them here takes some milliseconds, where its own grouping takes a third of a second.
 */
export async function countFacets(query: DocumentQuery): Promise<{ count: number; facets: FoundFacet[] }> {
  const groups = await gather(query);
  const found = groups.find(({ failing }) => failing === 0);
  const counts = countCodes(found?.codes);
  const values = await describe([...new Set(groups.flatMap(({ codes }) => [...countCodes(codes).keys()]))]);
  const facets = new Map<string, FoundValue[]>();
  const failing = query.filters.map(({ by }, place) => ({
    by,
    group: groups.find((one) => one.failing === place + 1),
  }));
  const beside = new Map(failing.map(({ by, group }) => [by, countCodes(group?.codes)]));
  for (const { code, by, ...named } of values) {
    const count = (counts.get(code) ?? 0) + (beside.get(by)?.get(code) ?? 0);
    if (count === 0) continue;
    const list = facets.get(by) ?? [];
    facets.set(by, list);
    list.push({ ...named, count });
  }
  const priced = [found, failing.find(({ by }) => by === 'price')?.group].filter((group) => group?.least != null);
  const range = priced.length === 0 ? null : rangeOf(priced as { least: bigint; most: bigint }[]);
  return {
    count: found?.count ?? 0,
    facets: [{ by: 'price', values: [], range }, ...[...facets].map(([by, list]) => ({ by, values: mostUsual(list) }))],
  };
}

async function gather(query: DocumentQuery): Promise<Group[]> {
  // OFFSET 0 has Postgres look at each condition once, not wherever its result is needed.
  const conditions = query.filters.map(({ condition }, place) => `, (NOT ${condition})::int AS f${place}`).join('');
  const each = `SELECT d.price, d.codes${conditions} FROM search_document d WHERE ${query.scope} OFFSET 0`;
  const failed = query.filters.map((_, place) => `f${place}`);
  const failures = failed.join(' + ') || '0';
  const which = failed.map((one, place) => `${place + 1} * ${one}`).join(' + ') || '0';
  const text = `SELECT failing, count(*)::int AS count, min(price) AS least, max(price) AS most, string_agg(codes, '') AS codes
    FROM (SELECT price, codes, ${which} AS failing, ${failures} AS failures FROM (${each}) d) d
    WHERE failures <= 1 GROUP BY failing`;
  const name = query.name && `${query.name.slice(0, query.name.lastIndexOf('.'))}.facets`;
  return database.statement<Group>(name, text, 'values')(...query.values);
}

const counted = new WeakMap<Buffer, ReadonlyMap<number, number>>();

/** How often each code is in a gathering of them. */
function countCodes(codes: Buffer | null | undefined): ReadonlyMap<number, number> {
  if (!codes) return new Map();
  const known = counted.get(codes);
  if (known) return known;
  const counts = new Map<number, number>();
  const table = new Uint32Array(1 << 16);
  for (let at = 0; at < codes.length; at += 3) {
    const code = (codes[at]! << 16) | (codes[at + 1]! << 8) | codes[at + 2]!;
    // Codes are given out from 1 on: nearly all shops have fewer than the table holds.
    if (code < table.length) table[code]!++;
    else counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  for (let code = 0; code < table.length; code++) if (table[code]! > 0) counts.set(code, table[code]!);
  counted.set(codes, counts);
  return counts;
}

const describe = async (codes: number[]) => (codes.length === 0 ? [] : describeCodes(codes));

const rangeOf = (groups: readonly { least: bigint; most: bigint }[]) => ({
  min: Math.min(...groups.map(({ least }) => Number(least))),
  max: Math.max(...groups.map(({ most }) => Number(most))),
});

/** In the order that they came in, without the rarest where there are too many. */
function mostUsual<Value extends { count: number }>(values: readonly Value[]): Value[] {
  if (values.length <= MOST_VALUES) return [...values];
  const least = values.map(({ count }) => count).sort((a, b) => b - a)[MOST_VALUES - 1] ?? 0;
  return values.filter(({ count }) => count >= least).slice(0, MOST_VALUES);
}
