/** A line as bought, and how much of it is in parcels. */
export interface LineToSend {
  lineId: string;
  variantId: string;
  ordered: number;
  fulfilled: number;
  /** Of what is left: how much is not there yet. */
  awaited: number;
}

/** Goods of an order that are not there yet. */
export interface Awaited {
  variantId: string;
  quantity: number;
}

export interface WantedLine {
  lineId: string;
  quantity: number;
}

/** What goes into a parcel. */
export interface ParcelLine {
  lineId: string;
  variantId: string;
  quantity: number;
}

export type Unsendable = {
  code: 'LINE_NOT_FOUND' | 'INVALID_QUANTITY' | 'ALREADY_FULFILLED';
  at: number;
  left: number;
};

/** All that is not in a parcel yet. */
export const restOf = (lines: readonly LineToSend[]): ParcelLine[] =>
  lines
    .filter(({ ordered, fulfilled }) => ordered > fulfilled)
    .map(({ lineId, variantId, ordered, fulfilled }) => ({ lineId, variantId, quantity: ordered - fulfilled }));

/** What is there of the rest. */
export const sendableOf = (lines: readonly LineToSend[]): ParcelLine[] =>
  restOf(lines.map((line) => ({ ...line, ordered: Math.max(line.ordered - line.awaited, line.fulfilled) })));

/** What each line has to wait for: where several are of one variant, the last ones. Never more than is left of it. */
export function awaitedByLine(lines: readonly LineToSend[], goods: readonly Awaited[]): Map<string, number> {
  const missing = new Map<string, number>();
  for (const { variantId, quantity } of goods) missing.set(variantId, (missing.get(variantId) ?? 0) + quantity);
  return new Map(
    lines.toReversed().map(({ lineId, variantId, ordered, fulfilled }) => {
      const awaited = Math.min(missing.get(variantId) ?? 0, ordered - fulfilled);
      missing.set(variantId, (missing.get(variantId) ?? 0) - awaited);
      return [lineId, awaited];
    }),
  );
}

/** What was asked for, as the lines of a parcel, or the first thing that cannot be sent, by its place in the list. */
export function chosenFrom(lines: readonly LineToSend[], wanted: readonly WantedLine[]): ParcelLine[] | Unsendable {
  const chosen = new Map<string, ParcelLine>();
  for (const [at, { lineId, quantity }] of wanted.entries()) {
    const line = lines.find((each) => each.lineId === lineId);
    if (!line) return { code: 'LINE_NOT_FOUND', at, left: 0 };
    const left = line.ordered - line.fulfilled - (chosen.get(lineId)?.quantity ?? 0);
    if (quantity < 1) return { code: 'INVALID_QUANTITY', at, left };
    if (line.ordered <= line.fulfilled) return { code: 'ALREADY_FULFILLED', at, left };
    if (quantity > left) return { code: 'INVALID_QUANTITY', at, left };
    chosen.set(lineId, { lineId, variantId: line.variantId, quantity: (chosen.get(lineId)?.quantity ?? 0) + quantity });
  }
  return [...chosen.values()];
}
