import type { Database } from '#platform/database/database.ts';
import { money, toDecimal } from '#platform/money/money.ts';

/** A kind of thing as it leaves the shop: objects of JSON, without any secret. */
export interface ExportedKind {
  /** Names its file, e.g. `orders`. */
  readonly kind: string;
  /** All there are, a page at a time. */
  pages(): AsyncIterable<readonly object[]>;
}

const AT_ONCE = 500;

/** Where the statement comes from. */
type Source = Pick<Database<never>, 'name' | 'statement'>;

/** Read from behind a key, so many at a time: in `sql` `$1` is the last `key` and `$2::int` how many. */
export function exported<Row extends object>(
  kind: string,
  source: Source,
  sql: string,
  thing: (row: Row) => object = (row) => row,
): ExportedKind {
  const read = source.statement<Row & { key: string }>(`${source.name}.export-${kind}`, sql);
  return {
    kind,
    async *pages() {
      for (let after = ''; ; ) {
        const rows = await read(after, AT_ONCE);
        yield rows.map(({ key: _, ...row }) => thing(row as unknown as Row));
        if (rows.length < AT_ONCE) return;
        after = rows.at(-1)!.key;
      }
    },
  };
}

/** The same with these amounts as decimals in text, e.g. `"19.99"`; they are stored in minor units. */
export function inDecimals<Row extends object>(row: Row, currency: string, fields: readonly (keyof Row)[]): Row {
  const decimals = fields.map((field) => {
    const minor = row[field] as bigint | number | string | null;
    return [field, minor === null ? null : toDecimal(money(BigInt(minor), currency))] as const;
  });
  return { ...row, ...Object.fromEntries(decimals) };
}
