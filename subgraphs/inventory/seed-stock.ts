import { database } from './database.ts';

/** Puts first stock into the main location; a variant that has some, however little, is left alone. */
export async function seedStock(rows: readonly { variantId: string; onHand: number }[]): Promise<void> {
  await seed(
    rows.map((row) => row.variantId),
    rows.map((row) => row.onHand),
  );
}

const seed = database.statement(
  'inventory.seed',
  `WITH fresh AS (
     INSERT INTO stock (variant_id, location_id, on_hand)
     SELECT variant_id, 'main', on_hand FROM unnest($1::text[], $2::int[]) AS row(variant_id, on_hand)
     ON CONFLICT DO NOTHING RETURNING variant_id, location_id, on_hand)
   INSERT INTO stock_movement (variant_id, location_id, change, reason)
   SELECT variant_id, location_id, on_hand, 'SEEDED' FROM fresh WHERE on_hand <> 0`,
);
