/** Edged solids: a floor plan raised from one height to another, and the planes of its sides to draw on. */
import { contact } from './ground.ts';
import { DEPTH, HEIGHT, type Matrix, type Pen, type Point, polygon, type Stop } from './pen.ts';
import { shade } from './tint.ts';

/** A floor position turned about the middle by an angle in degrees, as `plan` turns. */
export function turned(x: number, y: number, turn: number): Point {
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  return [x * cos - y * sin, x * sin + y * cos];
}

/** A floor plan: rectangle with rounded corners, turned about its middle by an angle in degrees. */
export function plan(width: number, depth: number, radius: number, turn = 0, x = 0, y = 0): Point[] {
  const points: Point[] = [];
  const r = Math.max(0.01, Math.min(radius, width / 2, depth / 2));
  const corners = [
    [1, 1, 0],
    [-1, 1, 90],
    [-1, -1, 180],
    [1, -1, 270],
  ] as const;
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  for (const [sx, sy, start] of corners) {
    for (let step = 0; step <= 8; step++) {
      const angle = ((start + (step * 90) / 8) * Math.PI) / 180;
      const px = sx * (width / 2 - r) + r * Math.cos(angle);
      const py = sy * (depth / 2 - r) + r * Math.sin(angle);
      points.push([x + px * cos - py * sin, y + px * sin + py * cos]);
    }
  }
  return points;
}

/** A plan raised from one height to another, its top larger or smaller by `taper`: boxes, books, slabs, tins. */
export function extrude(
  pen: Pen,
  solid: {
    plan: readonly Point[];
    from: number;
    to: number;
    color: string;
    top?: string;
    taper?: number;
    edge?: number;
  },
): void {
  const { plan: base, from, to, color, top = color, taper = 1, edge = 0.3 } = solid;
  const middle: Point = [mean(base, 0), mean(base, 1)];
  const raised = base.map(
    ([x, y]): Point => [middle[0] + (x - middle[0]) * taper, middle[1] + (y - middle[1]) * taper],
  );
  const low = base.map(([x, y]) => pen.at(x, y, from));
  const high = raised.map(([x, y]) => pen.at(x, y, to));
  if (from === 0) contact(pen, low);
  const [left, right] = [
    Math.min(...low.map(([x]) => x), ...high.map(([x]) => x)),
    Math.max(...low.map(([x]) => x), ...high.map(([x]) => x)),
  ];
  pen.fill(
    polygon(hull([...low, ...high])),
    pen.linear([left, 0], [right, 0], sideStops(base, pen, left, right, color)),
  );
  const topPath = polygon(high);
  pen.fill(
    topPath,
    pen.linear(
      [left, 0],
      [right, 0],
      [
        [0, shade(top, 0.36)],
        [1, shade(top, 0.14)],
      ],
    ),
  );
  if (edge === 0) return;
  const front = high.filter((_, i) => facing(base, i) > 0.02).sort((a, b) => a[0] - b[0]);
  if (front.length > 1) pen.stroke(polygon(front, true), shade(top, 0.62), 3, edge);
}

/** The plane of a box's side, for drawing on it: u runs along the side, v up, in room units from the given corner. */
export function sidePlane(pen: Pen, corner: Point, height: number, turn: number): Matrix {
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const [x, y] = pen.at(corner[0], corner[1], height);
  return [cos, sin * DEPTH, 0, -HEIGHT, x, y];
}

/** The level plane at a height, for drawing on a table or a lid: u and v run along the turned sides. */
export function levelPlane(pen: Pen, middle: Point, height: number, turn: number): Matrix {
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const [x, y] = pen.at(middle[0], middle[1], height);
  return [cos, sin * DEPTH, -sin, cos * DEPTH, x, y];
}

function sideStops(base: readonly Point[], pen: Pen, left: number, right: number, color: string): Stop[] {
  const stops: Stop[] = [];
  for (let i = base.length - 1; i >= 0; i--) {
    const [b, a] = [base[i]!, base[(i + 1) % base.length]!];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length < 0.5) continue;
    const normal: Point = [(a[1] - b[1]) / length, (b[0] - a[0]) / length];
    if (normal[1] < 0) continue;
    const light = -0.62 * normal[0] + 0.46 * normal[1];
    const tone = shade(color, light > 0.46 ? (light - 0.46) * 0.7 : (light - 0.46) * 0.42);
    // A short edge is part of a rounded corner and blends into its neighbors; a long one is a flat side.
    const marks = length < 60 ? [(a[0] + b[0]) / 2] : [a[0], b[0]];
    for (const x of marks) stops.push([(pen.at(x, 0, 0)[0] - left) / (right - left || 1), tone]);
  }
  return stops.sort((p, q) => p[0] - q[0]);
}

function facing(base: readonly Point[], i: number): number {
  const [a, b] = [base[(i + base.length - 1) % base.length]!, base[(i + 1) % base.length]!];
  return -(b[0] - a[0]) / (Math.hypot(b[0] - a[0], b[1] - a[1]) || 1);
}

function mean(points: readonly Point[], axis: 0 | 1): number {
  const values = points.map((point) => point[axis]);
  return (Math.min(...values) + Math.max(...values)) / 2;
}

/** The outline around a handful of points, by Andrew's monotone chain. */
export function hull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (o: Point, a: Point, b: Point) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const chain = (from: readonly Point[]) => {
    const line: Point[] = [];
    for (const point of from) {
      while (line.length > 1 && turn(line.at(-2)!, line.at(-1)!, point) <= 0) line.pop();
      line.push(point);
    }
    return line.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.reverse())];
}
