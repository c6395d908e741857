import { database } from '../database.ts';
import type { ImportReport } from './import-products.ts';
import type { ProductImport, ProductImportState } from './product-import.type.ts';

export interface ImportJobRow {
  readonly id: string;
  readonly state: ProductImportState;
  readonly actor_id: string;
  readonly seller_ids: string[];
  readonly all_sellers: boolean;
  readonly seller: string | null;
  readonly dry_run: boolean;
  readonly report: ImportReport | null;
  readonly failure: string | null;
  readonly fence: number;
}

export const importTopic = (id: string): string => `import:${id}`;

const find = database.statement<ImportJobRow>(
  'catalog.import-of',
  'SELECT * FROM import_job WHERE id = $1 AND actor_id = $2',
);

/** Null where there is none, or it is somebody else's. */
export async function importOf(id: string, actorId: string): Promise<ImportJobRow | null> {
  const [row] = id.includes('\0') ? [] : await find(id, actorId);
  return row ?? null;
}

const NOTHING: ImportReport = {
  ...{ rows: 0, created: 0, updated: 0, unchanged: 0, failed: 0, problems: [], ignoredColumns: [] },
};

export function toImport({ id, state, dry_run: dryRun, report, failure }: ImportJobRow): ProductImport {
  const known = report ?? NOTHING;
  return { ...{ id, state, dryRun, failure }, ...known, ignoredColumns: [...known.ignoredColumns] };
}
