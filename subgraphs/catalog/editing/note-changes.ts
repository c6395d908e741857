import type pg from 'pg';
import type { Difference } from '../rules/differences.ts';

/** Who changes something. */
export interface Author {
  /** A customer's id; null where the shop does it by itself. */
  readonly actorId: string | null;
  /** When it is not by hand. */
  readonly source?: 'import' | 'schedule';
}

export interface NotedChange {
  readonly subject: string;
  readonly deed: string;
  readonly fields: readonly Difference[];
}

/** Writes down who changed what, in the transaction of the change. */
export async function noteChanges(
  client: pg.PoolClient,
  { actorId, source }: Author,
  changes: readonly NotedChange[],
): Promise<void> {
  await client.query(
    `INSERT INTO change (subject, deed, fields, actor_id, source)
     SELECT subject, deed, fields, $2, $3 FROM json_to_recordset($1::json) AS row(subject text, deed text, fields jsonb)`,
    [JSON.stringify(changes), actorId, source ?? null],
  );
}
