/** Makes the row of a variant that inventory knows ($1) at a location that there is ($2), and answers whether both are so. */
export const ENSURE_STOCK = `WITH known AS (
     SELECT EXISTS (SELECT FROM stock WHERE variant_id = $1) AS variant_known,
       EXISTS (SELECT FROM location WHERE id = $2) AS location_known),
   made AS (
     INSERT INTO stock (variant_id, location_id, on_hand) SELECT $1, $2, 0 FROM known
     WHERE variant_known AND location_known ON CONFLICT DO NOTHING)
   SELECT * FROM known`;

export interface Known {
  variant_known: boolean;
  location_known: boolean;
}
