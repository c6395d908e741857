import { Refusal } from '#platform/errors/refusal.ts';

/** At most so many of a variant, and so many lines: as in a cart. */
export const MOST_OF_A_LINE = 999;
export const MOST_LINES = 250;

export interface LineChange {
  lineId: string;
  quantity: number;
}

export interface LineAddition {
  variantId: string;
  quantity: number;
}

interface Line {
  readonly id: string;
  readonly variant_id: string;
  readonly quantity: number;
  /** Units whose price went back already. */
  readonly refunded?: number;
}

/** The lines that stay, with their new quantities: those taken down to 0 go. */
export function keptLines<L extends Line>(
  lines: readonly L[],
  changes: readonly LineChange[],
  additions: readonly LineAddition[],
): L[] {
  changes.forEach(({ lineId, quantity }, i) => {
    if (!lines.some(({ id }) => id === lineId)) {
      throw new Refusal('LINE_NOT_FOUND', 'The order has no such line.', {
        path: ['input', 'lines', `${i}`, 'lineId'],
      });
    }
    checkQuantity(quantity, 0, ['input', 'lines', `${i}`, 'quantity']);
    const refunded = lines.find(({ id }) => id === lineId)?.refunded ?? 0;
    if (quantity < refunded) {
      throw new Refusal('INVALID_QUANTITY', `${refunded} of these were refunded already, and stay in the order.`, {
        path: ['input', 'lines', `${i}`, 'quantity'],
      });
    }
    if (changes.findIndex((each) => each.lineId === lineId) !== i) {
      throw new Refusal('INVALID_QUANTITY', 'Name each line once.', { path: ['input', 'lines', `${i}`, 'lineId'] });
    }
  });
  additions.forEach(({ quantity }, i) => {
    checkQuantity(quantity, 1, ['input', 'add', `${i}`, 'quantity']);
  });
  const kept = lines
    .map((line) => ({ ...line, quantity: changes.find(({ lineId }) => lineId === line.id)?.quantity ?? line.quantity }))
    .filter(({ quantity }) => quantity > 0);
  const isSame = kept.length === lines.length && kept.every(({ quantity }, i) => quantity === lines[i]?.quantity);
  if (isSame && additions.length === 0) {
    throw new Refusal('INVALID_QUANTITY', 'This changes nothing of the order.', { path: ['input', 'lines'] });
  }
  if (kept.length + additions.length === 0) {
    throw new Refusal('INVALID_QUANTITY', 'Nothing would be left: cancel the order instead.', {
      path: ['input', 'lines'],
    });
  }
  if (kept.length + additions.length > MOST_LINES) {
    throw new Refusal('INVALID_QUANTITY', `An order has at most ${MOST_LINES} lines.`, { path: ['input', 'add'] });
  }
  return kept;
}

function checkQuantity(quantity: number, least: number, path: string[]): void {
  if (!Number.isInteger(quantity) || quantity < least || quantity > MOST_OF_A_LINE) {
    throw new Refusal('INVALID_QUANTITY', `A quantity is a whole number from ${least} to ${MOST_OF_A_LINE}.`, { path });
  }
}

/** How many of each variant. */
export function unitsOf(
  lines: readonly Pick<Line, 'variant_id' | 'quantity'>[],
): { variantId: string; quantity: number }[] {
  const units = new Map<string, number>();
  for (const { variant_id, quantity } of lines) units.set(variant_id, (units.get(variant_id) ?? 0) + quantity);
  return [...units].map(([variantId, quantity]) => ({ variantId, quantity }));
}

/** The larger quantity of each variant: what is held while either may come to be. */
export function mostOf(before: readonly Line[], after: readonly Line[]): { variantId: string; quantity: number }[] {
  const most = new Map(unitsOf(before).map(({ variantId, quantity }) => [variantId, quantity]));
  for (const { variantId, quantity } of unitsOf(after))
    most.set(variantId, Math.max(quantity, most.get(variantId) ?? 0));
  return [...most].map(([variantId, quantity]) => ({ variantId, quantity }));
}
