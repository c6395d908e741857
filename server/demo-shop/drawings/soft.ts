/** Solids without an axis or a plan: rods, cords, balls, stuffed and sewn things. */
import { ACROSS, type Finish } from './material.ts';
import { curve, ellipse, type Pen, type Point, polygon, type Stop } from './pen.ts';
import { shade } from './tint.ts';

/** A bent rod, strap or cord. */
export function tube(pen: Pen, path: string, width: number, color: string, finish: Finish = 'matte'): void {
  const layers = [
    [0, 1, finish === 'metal' ? -0.55 : -0.42],
    [-0.07, 0.78, finish === 'metal' ? -0.3 : -0.18],
    [-0.12, 0.54, 0],
    [-0.17, 0.26, finish === 'metal' ? 0.65 : 0.24],
  ] as const;
  for (const [shift, part, amount] of layers) {
    pen.placed([1, 0, 0, 1, shift * width, shift * width], () => pen.stroke(path, shade(color, amount), width * part));
  }
}

/** A soft volume of any outline: lit along its upper left, turning away along its lower right. */
export function form(pen: Pen, path: string, color: string, depth = 60, gloss = 0.5): void {
  pen.fill(
    path,
    pen.spread(
      [0.1, 0],
      [0.9, 1],
      [
        [0, shade(color, 0.16)],
        [0.45, color],
        [1, shade(color, -0.2)],
      ],
    ),
  );
  pen.within(path, () => {
    for (const part of [1, 0.74, 0.5, 0.28]) {
      pen.placed([1, 0, 0, 1, -depth * 0.2, -depth * 0.24], () =>
        pen.stroke(path, shade(color, -0.62), depth * part, 0.13),
      );
      pen.placed([1, 0, 0, 1, depth * 0.1, depth * 0.12], () =>
        pen.stroke(path, shade(color, 0.75), depth * part * 0.5, 0.17 * gloss),
      );
    }
  });
}

/** A soft fold in cloth or leather, darker below and lighter above its line. */
export function fold(pen: Pen, points: readonly Point[], color: string, width = 16, strength = 1): void {
  const path = curve(points);
  for (const part of [1, 0.6, 0.3]) pen.stroke(path, shade(color, -0.55), width * part, 0.11 * strength);
  pen.placed([1, 0, 0, 1, -width * 0.55, -width * 0.3], () => {
    for (const part of [0.8, 0.4]) pen.stroke(path, shade(color, 0.6), width * part, 0.13 * strength);
  });
}

/** A round thing without an axis: knob, bead, globe. */
export function ball(pen: Pen, center: Point, rx: number, color: string, finish: Finish = 'matte', ry = rx): void {
  const lit: Point = [center[0] - rx * 0.32, center[1] - ry * 0.38];
  pen.fill(
    ellipse(center, rx, ry),
    pen.radial(lit, rx * 1.42, ry * 1.42, [
      [0, shade(color, finish === 'metal' ? 0.7 : 0.3)],
      [0.35, shade(color, finish === 'metal' ? 0.12 : 0.1)],
      [0.72, shade(color, -0.26)],
      [0.93, shade(color, -0.48)],
      [1, shade(color, -0.38)],
    ]),
  );
  if (finish === 'matte') return;
  const spot: Point = [center[0] - rx * 0.36, center[1] - ry * 0.44];
  pen.fill(
    ellipse(spot, rx * 0.24, ry * 0.16),
    pen.radial(spot, rx * 0.24, ry * 0.16, [
      [0, '#ffffff', 0.85],
      [0.5, '#ffffff', 0.5],
      [1, '#ffffff', 0],
    ]),
  );
}

export type Spot = readonly [x: number, y: number, z: number];

/** A straight leg or rail between two spots in the room, as wide as told at either end. */
export function rod(
  pen: Pen,
  from: Spot,
  to: Spot,
  width: number,
  color: string,
  endWidth = width,
  finish: Finish = 'matte',
): void {
  const [a, b] = [pen.at(...from), pen.at(...to)];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const n: Point = [(b[1] - a[1]) / length, (a[0] - b[0]) / length];
  const side: Point = n[0] * -0.6 + n[1] * -0.8 > 0 ? n : [-n[0], -n[1]];
  const corner = (p: Point, w: number): Point => [p[0] + (side[0] * w) / 2, p[1] + (side[1] * w) / 2];
  const stops = ACROSS[finish].map(([offset, amount]): Stop => [offset, shade(color, amount)]);
  const widest = Math.max(width, endWidth);
  const path = polygon([corner(a, width), corner(b, endWidth), corner(b, -endWidth), corner(a, -width)]);
  pen.fill(path, pen.linear(corner(a, widest), corner(a, -widest), stops));
}
