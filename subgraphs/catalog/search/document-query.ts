import { Denied } from '#platform/errors/denied.ts';
import { decodeCursor } from '#platform/graphql/connection.type.ts';
import { codesOf } from './describe-codes.ts';
import type { SearchFilter, SearchQuestion, SearchSort } from './search-provider.ts';

/** By what documents are sorted; ids break ties in the same direction. */
export interface Order {
  readonly by: string;
  readonly type: string;
  readonly direction: 'ASC' | 'DESC';
}

const NEWEST: Order = { by: 'd.created_at', type: 'timestamptz', direction: 'DESC' };

const ORDERS: Record<Exclude<SearchSort, 'RELEVANCE'>, Order> = {
  PRICE_ASC: { by: 'd.price', type: 'int8', direction: 'ASC' },
  PRICE_DESC: { by: 'd.price', type: 'int8', direction: 'DESC' },
  NEWEST,
  BEST_RATED: { by: 'd.rated', type: 'float8', direction: 'DESC' },
  BEST_SELLING: { by: 'd.sold', type: 'int8', direction: 'DESC' },
  TITLE: { by: 'd.title', type: 'text', direction: 'ASC' },
};

/**
 * What a question is in SQL: conditions on `search_document d`, and the values of their parameters. The texts depend on
 * what is asked for, never on what with.
 */
export class DocumentQuery {
  readonly values: unknown[] = [];
  readonly order: Order;
  readonly filters: readonly { readonly by: string; readonly condition: string }[];
  /** What holds whatever is filtered by. */
  readonly scope: string;
  /** Its name as a prepared statement; empty where it is better planned anew for its values. */
  readonly name: string;

  private constructor(
    { filters, sort }: SearchQuestion,
    tsquery: string | null,
    scopeCodes: number[][],
    filterCodes: number[][],
  ) {
    const scope: string[] = [];
    if (tsquery !== null) scope.push(`d.words @@ ${this.#value(tsquery)}::tsquery`);
    // The most telling words are those of the title; among equals those that are sold and liked come first.
    const relevance: Order = {
      by: 'ts_rank(d.head, $1::tsquery, 2) + 0.03 * d.boost',
      type: 'float8',
      direction: 'DESC',
    };
    const unsorted = tsquery === null ? NEWEST : relevance;
    this.order = sort === 'RELEVANCE' ? unsorted : ORDERS[sort];
    for (const codes of scopeCodes) scope.push(this.#has(codes));
    this.scope = scope.join(' AND ') || 'true';
    const left = [...filterCodes];
    this.filters = filters.map((filter) => ({ by: filter.by, condition: this.#condition(filter, left) }));
    this.name = this.values.length === 0 ? `catalog.products.${sort}` : '';
  }

  /** Codes are read first: Postgres plans for values that it sees, and a color that half the goods have needs no index. */
  static async of(question: SearchQuestion, tsquery: string | null): Promise<DocumentQuery> {
    const { category, seller, filters } = question;
    const scope = [
      ...(category === undefined ? [] : [{ by: 'category', values: [category] }]),
      ...(seller === undefined ? [] : [{ by: 'seller', values: [seller] }]),
    ];
    const listed = filters.filter((filter) => 'values' in filter);
    const codes = await codesOf([...scope, ...listed]);
    return new DocumentQuery(question, tsquery, codes.slice(0, scope.length), codes.slice(scope.length));
  }

  /** Scope and filters together. */
  get where(): string {
    return [this.scope, ...this.filters.map(({ condition }) => condition)].join(' AND ');
  }

  /** What lies beyond a cursor in the order, or before it. */
  beyond(cursor: string, values: unknown[], argument: 'after' | 'before'): string {
    const [key, id] = decodeCursor(cursor, 2, argument);
    const { by, type, direction } = this.order;
    if (typeof id !== 'string' || !isOf(type, key) || `${key}${id}`.includes('\0'))
      throw new Denied('BAD_USER_INPUT', `${argument} is no cursor of this list; pass one that this list gave.`);
    const compared = (direction === 'ASC') === (argument === 'after') ? '>' : '<';
    return ` AND (${by}, d.product_id) ${compared} ($${values.push(key)}::${type}, $${values.push(id)}::text)`;
  }

  #value(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  #condition(filter: SearchFilter, codes: number[][]): string {
    if ('values' in filter) return this.#has(codes.shift() ?? []);
    const { min, max } = filter;
    const within = [min !== null && `d.price >= ${this.#value(min)}`, max !== null && `d.price <= ${this.#value(max)}`];
    return `(${within.filter(Boolean).join(' AND ') || 'true'})`;
  }

  /** One of a facet's values. */
  #has(codes: readonly number[]): string {
    return `d.facets && ${this.#value(codes)}::int[]`;
  }
}

/** Postgres must be able to read what a forged cursor holds. */
function isOf(type: string, key: unknown): boolean {
  if (type === 'text') return typeof key === 'string';
  if (type === 'timestamptz') return typeof key === 'string' && !Number.isNaN(Date.parse(key));
  return type === 'int8' ? Number.isSafeInteger(key) : typeof key === 'number';
}
