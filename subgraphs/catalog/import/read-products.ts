import type { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { readCell } from './cells.ts';
import { COLUMNS, type Field, fieldOf } from './columns.ts';

/** A row of the file; `line` is the first that it stands on, the header's being 1. */
export interface Row {
  readonly line: number;
  readonly cells: Readonly<Partial<Record<Field, string>>>;
}

/** The rows of one product, which stand together: the first has all that is the product's own. */
export interface RowsOfProduct {
  readonly handle: string;
  readonly rows: readonly Row[];
}

/** What is wrong, and where. */
export interface ImportProblem {
  readonly line: number;
  /** As it is called in the file; null where the row as a whole is meant. */
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
}

/** What a file has for columns. */
export interface Header {
  /** By field, as the file calls it. */
  readonly columns: ReadonlyMap<Field, string>;
  /** Columns that nothing here reads. */
  readonly ignored: readonly string[];
}

export class UnreadableFile extends Error {
  readonly problem: ImportProblem;

  constructor(problem: ImportProblem) {
    super(`Line ${problem.line}: ${problem.message}`);
    this.problem = problem;
  }
}

const MOST_RECORD_BYTES = 1_000_000;
/** Shopify's own limit is 100 variants and 250 pictures a product. */
const MOST_ROWS_OF_PRODUCT = 1_000;

/** Reads product by product, holding one in memory. A file that is no CSV, or has no handles or titles, is an `UnreadableFile`. */
export async function* readProducts(file: Readable, tell: (header: Header) => void): AsyncGenerator<RowsOfProduct> {
  let rows: Row[] = [];
  let handle = '';
  for await (const row of readRows(file, tell)) {
    const own = row.cells.handle?.trim() ?? '';
    if (rows.length > 0 && own !== handle) {
      yield { handle, rows };
      rows = [];
    }
    handle = own;
    if (rows.length < MOST_ROWS_OF_PRODUCT) rows.push(row);
  }
  if (rows.length > 0) yield { handle, rows };
}

async function* readRows(file: Readable, tell: (header: Header) => void): AsyncGenerator<Row> {
  let fields: (Field | null)[] | null = null;
  let line = 1;
  const parser = parse({
    ...{ bom: true, info: true, relax_column_count: true, skip_empty_lines: true },
    max_record_size: MOST_RECORD_BYTES,
  });
  file.on('error', (reason) => parser.destroy(reason));
  try {
    for await (const { record, info } of file.pipe(parser) as AsyncIterable<Parsed>) {
      if (fields === null) {
        fields = readHeader(record, tell);
      } else {
        const cells: Partial<Record<Field, string>> = {};
        for (const [at, field] of fields.entries()) if (field) cells[field] = readCell(record[at] ?? '');
        yield { line, cells };
      }
      line = info.lines + 1;
    }
  } catch (reason) {
    const { code, lines, message } = reason as CsvError & { lines?: number };
    if (!code?.startsWith('CSV_')) throw reason;
    throw new UnreadableFile({ line: lines ?? line, column: null, code: 'CSV_INVALID', message });
  } finally {
    file.destroy();
  }
  if (fields === null)
    throw new UnreadableFile({ line: 1, column: null, code: 'CSV_INVALID', message: 'The file is empty.' });
}

interface Parsed {
  readonly record: string[];
  /** `lines` counts those read so far. */
  readonly info: { readonly lines: number };
}

function readHeader(names: readonly string[], tell: (header: Header) => void): (Field | null)[] {
  const columns = new Map<Field, string>();
  const fields = names.map((name) => {
    const field = fieldOf(name);
    if (!field || columns.has(field)) return null;
    columns.set(field, name.trim());
    return field;
  });
  for (const field of ['handle', 'title'] as const) {
    if (columns.has(field)) continue;
    const message = `There is no column ${COLUMNS[field].join(' or ')}: is this a Shopify product CSV?`;
    throw new UnreadableFile({ line: 1, column: COLUMNS[field][0], code: 'COLUMN_MISSING', message });
  }
  tell({ columns, ignored: names.filter((name, at) => name.trim() && fields[at] === null) });
  return fields;
}
