export interface Point {
  readonly x: number;
  readonly y: number;
  readonly isOnCurve: boolean;
}

/**
 * A simple glyph of the table `glyf` (https://learn.microsoft.com/typography/opentype/spec/glyf), every step in two bytes, and how far
 * left it reaches. One without contours is no bytes.
 */
export function encodeOutline(contours: readonly (readonly Point[])[]): { bytes: Buffer; left: number } {
  const points = contours.flat();
  if (points.length === 0) return { bytes: Buffer.alloc(0), left: 0 };
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const left = Math.min(...xs);
  const size = 10 + 2 * contours.length + 2 + 5 * points.length;
  const bytes = Buffer.alloc(size + (-size & 3));
  let at = 0;
  const write = (value: number) => {
    at = bytes.writeInt16BE(value, at);
  };
  for (const value of [contours.length, left, Math.min(...ys), Math.max(...xs), Math.max(...ys)]) write(value);
  let last = -1;
  for (const contour of contours) {
    last += contour.length;
    write(last);
  }
  // No instructions.
  write(0);
  for (const { isOnCurve } of points) at = bytes.writeUInt8(isOnCurve ? 1 : 0, at);
  for (const line of [xs, ys]) for (const [i, value] of line.entries()) write(value - (line[i - 1] ?? 0));
  return { bytes, left };
}
