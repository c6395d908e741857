import { Refusal } from '#platform/errors/refusal.ts';

/** What a cart knows of a line by itself: enough to show it when the catalog cannot be asked. */
export interface CartLineRecord {
  id: string;
  variantId: string;
  quantity: number;
  title: string;
  sku: string;
  /** Minor units, as text. */
  unitPrice: string;
  weightGrams: number;
  productId: string;
  categoryIds: string[];
  sellerId: string;
  /** Missing where it is none. */
  isGiftCard?: boolean;
}

export const MAX_QUANTITY = 999;
export const MAX_LINES = 250;

/** Adding a variant that is there already makes its line longer. */
export function addLines(
  lines: readonly CartLineRecord[],
  added: readonly CartLineRecord[],
  most = MAX_QUANTITY,
): CartLineRecord[] {
  const result = lines.map((line) => ({ ...line }));
  added.forEach((line, i) => {
    const there = result.find(({ variantId }) => variantId === line.variantId);
    if (there) Object.assign(there, { ...line, id: there.id, quantity: there.quantity + line.quantity });
    else result.push({ ...line });
    const quantity = there?.quantity ?? line.quantity;
    if (quantity > most) {
      throw new Refusal(
        'INVALID_QUANTITY',
        `At most ${most} of one thing fit into a cart; this would make ${quantity}.`,
        {
          path: ['input', 'lines', String(i), 'quantity'],
        },
      );
    }
  });
  if (result.length > MAX_LINES) {
    throw new Refusal('LINE_LIMIT', `A cart holds ${MAX_LINES} lines; buy these first, then the others.`, {
      path: ['input', 'lines'],
    });
  }
  return result;
}

/** Sets quantities; 0 removes the line. */
export function setQuantities(
  lines: readonly CartLineRecord[],
  updates: readonly { lineId: string; quantity: number }[],
): CartLineRecord[] {
  const result = lines.map((line) => ({ ...line }));
  updates.forEach(({ lineId, quantity }, i) => {
    checkQuantity(quantity, 0, ['input', 'lines', String(i), 'quantity']);
    const line = result.find(({ id }) => id === lineId);
    if (!line) throw lineNotFound(['input', 'lines', String(i), 'lineId']);
    line.quantity = quantity;
  });
  return result.filter(({ quantity }) => quantity > 0);
}

export function removeLines(lines: readonly CartLineRecord[], ids: readonly string[]): CartLineRecord[] {
  checkLineCount(ids.length);
  ids.forEach((id, i) => {
    if (lines.some((line) => line.id === id)) return;
    throw lineNotFound(['input', 'lineIds', String(i)]);
  });
  return lines.filter(({ id }) => !ids.includes(id));
}

const lineNotFound = (path: string[]) =>
  new Refusal('LINE_NOT_FOUND', 'There is no such line in this cart. Read the cart again.', { path });

/** Quantities of the same variant add up; past what fits into a cart the rest is let go, which the caller tells. */
export function mergeLines(
  mine: readonly CartLineRecord[],
  guests: readonly CartLineRecord[],
): { lines: CartLineRecord[]; cut: boolean } {
  const merged = addLines(mine, guests, Number.MAX_SAFE_INTEGER);
  const lines = merged.map((line) => ({ ...line, quantity: Math.min(line.quantity, MAX_QUANTITY) }));
  return { lines, cut: merged.some(({ quantity }) => quantity > MAX_QUANTITY) };
}

/** Bounds what one change may name. */
export function checkLineCount(count: number): void {
  if (count <= MAX_LINES) return;
  throw new Refusal('LINE_LIMIT', `A cart holds ${MAX_LINES} lines; name no more at once.`, {
    path: ['input', 'lines'],
  });
}

export function checkQuantity(quantity: number, least: number, path: readonly string[]): void {
  if (Number.isInteger(quantity) && quantity >= least && quantity <= MAX_QUANTITY) return;
  throw new Refusal('INVALID_QUANTITY', `The quantity must be a whole number from ${least} to ${MAX_QUANTITY}.`, {
    path,
  });
}
