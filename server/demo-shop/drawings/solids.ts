/** The few solids every drawing is built from, and the one lamp they all stand under: upper left, a little toward us. */
import { along, curve, DEPTH, ellipse, HEIGHT, type Pen, type Point, polygon, type Stop } from './pen.ts';
import { oklch, shade } from './tint.ts';

export type Finish = 'matte' | 'glazed' | 'metal';

/** What things are made of where the shopper did not choose the color. */
export const MATERIAL = {
  wood: '#b98a58',
  darkWood: '#7a5236',
  brass: '#c9a14a',
  steel: '#b4bac3',
  iron: '#3a3d47',
  leather: '#96603a',
  cream: '#f1e7d4',
  clay: '#c98f6b',
  straw: '#d3b277',
  leaf: '#5c8a54',
  paper: '#f7f2e8',
  ink: '#2d3042',
  earth: '#5a4335',
} as const;

/** How much light falls on a turned surface, from its left edge (0) to its right (1). */
const ACROSS: Record<Finish, readonly (readonly [number, number])[]> = {
  matte: [
    [0, -0.02],
    [0.2, 0.2],
    [0.32, 0.2],
    [0.55, -0.04],
    [0.78, -0.28],
    [0.93, -0.42],
    [1, -0.36],
  ],
  glazed: [
    [0, -0.06],
    [0.2, 0.16],
    [0.34, 0.18],
    [0.55, -0.06],
    [0.78, -0.32],
    [0.92, -0.46],
    [1, -0.3],
  ],
  metal: [
    [0, -0.4],
    [0.1, -0.05],
    [0.24, 0.72],
    [0.34, 0.3],
    [0.5, -0.12],
    [0.68, -0.5],
    [0.82, -0.3],
    [0.92, 0.1],
    [1, -0.4],
  ],
};

/** Paper-like wall and floor of one hue, with the lamp's light on the wall. */
export function ground(pen: Pen): void {
  const whole = 'M0 0H1200V1200H0Z';
  const tint = (lightness: number, chroma: number) => oklch(lightness, chroma, pen.hue);
  pen.fill(
    whole,
    pen.linear(
      [0, 0],
      [0, 1200],
      [
        [0, tint(0.93, 0.03)],
        [0.5, tint(0.915, 0.034)],
        [0.565, tint(0.895, 0.038)],
        [0.6, tint(0.872, 0.043)],
        [0.68, tint(0.882, 0.042)],
        [1, tint(0.905, 0.038)],
      ],
    ),
  );
  pen.fill(
    whole,
    pen.radial([260, 200], 1000, 900, [
      [0, '#ffffff', 0.6],
      [0.5, '#ffffff', 0.2],
      [1, '#ffffff', 0],
    ]),
  );
}

/** The shadow color of this picture's ground. */
export function shadowColor(pen: Pen): string {
  return oklch(0.34, 0.06, pen.hue);
}

export interface Footprint {
  readonly x?: number;
  readonly y?: number;
  readonly rx: number;
  readonly ry?: number;
  readonly tall?: number;
  /** Light reaches the floor between legs. */
  readonly legs?: boolean;
}

/** What a thing keeps from the floor: a long soft shadow to the right, a dark one where it touches. */
export function castShadow(pen: Pen, foot: Footprint): void {
  const { x = 0, y = 0, rx, ry = rx, tall = rx, legs = false } = foot;
  const dark = shadowColor(pen);
  const pool = (at: Point, width: number, height: number, strength: number, core: number) =>
    pen.fill(
      ellipse(at, width, height),
      pen.radial(at, width, height, [
        [0, dark, strength],
        [core, dark, strength * 0.86],
        [core + (1 - core) * 0.45, dark, strength * 0.34],
        [1, dark, 0],
      ]),
    );
  const reach = Math.min(tall, 640) * 0.42;
  pool(
    pen.at(x + reach * 0.62, y + reach * 0.32, 0),
    rx * 1.08 + reach * 0.72,
    (ry + reach * 0.34) * DEPTH + 14,
    0.27,
    0.3,
  );
  pool(pen.at(x + rx * 0.08, y + ry * 0.12, 0), rx * 1.1 + 14, ry * DEPTH * 1.12 + 16, legs ? 0.3 : 0.5, legs ? 0.2 : 0.62);
}

/** What a hanging thing keeps from the wall behind it. */
export function wallShadow(pen: Pen, path: string, away = 30): void {
  const dark = shadowColor(pen);
  pen.placed([1, 0, 0, 1, away, away * 1.15], () => {
    for (const width of [44, 28, 14]) pen.stroke(path, dark, width, 0.045);
    pen.fill(path, dark, 0.17);
  });
}

/** Light across a turned surface between two x on paper. */
export function across(pen: Pen, left: number, right: number, color: string, finish: Finish = 'matte'): string {
  const stops = ACROSS[finish].map(([offset, amount]): Stop => [offset, shade(color, amount)]);
  return pen.linear([left, 0], [right, 0], stops);
}

export interface Turned {
  readonly x?: number;
  readonly y?: number;
  /** Radius and height, from the top down; a point given twice is an edge. */
  readonly profile: readonly Point[];
  readonly color: string;
  readonly finish?: Finish;
  /** Opacity of the body, for glass. */
  readonly opacity?: number;
}

/** Anything made on a wheel or a lathe: the outline, which it returns, is the envelope of its rings under this camera. */
export function lathe(pen: Pen, { x = 0, y = 0, profile, color, finish = 'matte', opacity = 1 }: Turned): string {
  const rings = along(profile);
  const path = turnedOutline(pen, x, y, rings);
  const widest = Math.max(...rings.map(([radius]) => radius));
  const [middle] = pen.at(x, y, 0);
  pen.fill(path, across(pen, middle - widest, middle + widest, color, finish), opacity);
  pen.fill(path, slopeLight(pen, x, y, rings, color), opacity);
  if (finish === 'glazed') gleam(pen, x, y, rings);
  return path;
}

/** The outline of a turned solid on paper. */
export function turnedOutline(pen: Pen, x: number, y: number, rings: readonly Point[]): string {
  const right: Point[] = [];
  const left: Point[] = [];
  const turns = rings.slice(1).map((ring, i) => edgeTurn(rings[i]!, ring));
  for (const [i, [radius, height]] of rings.entries()) {
    const [above, below] = [turns[i - 1] ?? turns[i]!, turns[i] ?? turns[i - 1]!];
    const steps = Math.abs(above - below) > 0.06 ? 7 : 1;
    for (let step = 1; step <= steps; step++) {
      const turn = above + ((below - above) * step) / steps;
      right.push(ringPoint(pen, x, y, radius, height, turn));
      left.push(ringPoint(pen, x, y, radius, height, -turn));
    }
  }
  const [top, foot] = [rings[0]!, rings.at(-1)!];
  const sweep = (ring: Point, from: number, to: number) =>
    Array.from({ length: 25 }, (_, i) => ringPoint(pen, x, y, ring[0], ring[1], from + ((to - from) * i) / 24));
  return polygon([
    ...left,
    ...sweep(foot, -turns.at(-1)!, turns.at(-1)!),
    ...right.reverse(),
    ...sweep(top, turns[0]!, Math.PI * 2 - turns[0]!),
  ]);
}

/** The angle at which the surface between two rings turns away from the camera. */
function edgeTurn(above: Point, below: Point): number {
  const fall = (above[1] - below[1]) * HEIGHT;
  const swell = (below[0] - above[0]) * DEPTH;
  if (fall < 0.01) return swell > 0 ? Math.PI : 0;
  return Math.acos(Math.max(-1, Math.min(1, -swell / fall)));
}

/** A point of a ring; angle 0 is toward us, a quarter turn is right. */
export function ringPoint(pen: Pen, x: number, y: number, radius: number, height: number, angle: number): Point {
  return pen.at(x + radius * Math.sin(angle), y + radius * Math.cos(angle), height);
}

/** A strip around a turned surface, between two heights and two angles: labels, bands, glaze. */
export function strip(
  pen: Pen,
  place: { x?: number; y?: number; top: Point; bottom: Point; from?: number; to?: number },
): string {
  const { x = 0, y = 0, top, bottom, from = -Math.PI / 2, to = Math.PI / 2 } = place;
  const arc = ([radius, height]: Point) =>
    Array.from({ length: 25 }, (_, i) => ringPoint(pen, x, y, radius, height, from + ((to - from) * i) / 24));
  return polygon([...arc(top), ...arc(bottom).reverse()]);
}

/** A level disk: the top of a cylinder, liquid in a cup, a plate. Lit on the left, as everything that faces up. */
export function disk(pen: Pen, radius: number, height: number, color: string, x = 0, y = 0): void {
  const center = pen.at(x, y, height);
  const paint = pen.linear(
    [center[0] - radius, center[1]],
    [center[0] + radius, center[1]],
    [
      [0, shade(color, 0.34)],
      [0.5, shade(color, 0.18)],
      [1, shade(color, 0.04)],
    ],
  );
  pen.fill(ellipse(center, radius, radius * DEPTH), paint);
}

/** The mouth of a vessel: a rim of some thickness, the inside that catches light on its right wall. */
export function mouth(
  pen: Pen,
  radius: number,
  height: number,
  color: string,
  inside = color,
  wall = 14,
  x = 0,
  y = 0,
): void {
  const center = pen.at(x, y, height);
  disk(pen, radius, height, color, x, y);
  const inner = radius - wall;
  const hollow = ellipse(center, inner, inner * DEPTH);
  pen.fill(
    hollow,
    pen.linear(
      [center[0] - inner, center[1] - inner * DEPTH],
      [center[0] + inner, center[1] + inner * DEPTH],
      [
        [0, shade(inside, -0.62)],
        [0.45, shade(inside, -0.42)],
        [1, shade(inside, -0.06)],
      ],
    ),
  );
}

/** Everything that shows above the near lip of a round mouth: what lies in a bowl, what grows from a pot. */
export function aboveMouth(pen: Pen, radius: number, height: number, x = 0, y = 0): string {
  const [middle, level] = pen.at(x, y, height);
  return `M-600 -600H1800V${level}H${middle + radius}A${radius} ${radius * DEPTH} 0 0 1 ${middle - radius} ${level}H-600Z`;
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
export function sidePlane(
  pen: Pen,
  corner: Point,
  height: number,
  turn: number,
): readonly [number, number, number, number, number, number] {
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const [x, y] = pen.at(corner[0], corner[1], height);
  return [cos, sin * DEPTH, 0, -HEIGHT, x, y];
}

/** The level plane at a height, for drawing on a table or a lid: u and v run along the turned sides. */
export function levelPlane(
  pen: Pen,
  middle: Point,
  height: number,
  turn: number,
): readonly [number, number, number, number, number, number] {
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const [x, y] = pen.at(middle[0], middle[1], height);
  return [cos, sin * DEPTH, -sin, cos * DEPTH, x, y];
}

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

/** Surfaces that face up catch the lamp, those that face down lose it. */
function slopeLight(pen: Pen, x: number, y: number, rings: readonly Point[], color: string): string {
  const [light, dark] = [shade(color, 0.8), shade(color, -0.85)];
  const [, top] = pen.at(x, y, rings[0]![1]);
  const [, foot] = pen.at(x, y + rings.at(-1)![0], rings.at(-1)![1]);
  const stops: Stop[] = [];
  for (let i = 0; i + 1 < rings.length; i += 2) {
    const [a, b] = [rings[i]!, rings[i + 1]!];
    const up = (b[0] - a[0]) / (Math.hypot(b[0] - a[0], b[1] - a[1]) || 1);
    const [, height] = pen.at(x, y + a[0] * 0.6, a[1]);
    const offset = Math.max(stops.at(-1)?.[0] ?? 0, Math.min(1, (height - top) / (foot - top)));
    stops.push(up > 0 ? [offset, light, up * 0.42] : [offset, dark, -up * 0.4]);
  }
  return pen.linear([0, top], [0, foot], [...stops, [1, dark, 0.26]]);
}

/** The window's reflection on a glaze, following the outline. */
function gleam(pen: Pen, x: number, y: number, rings: readonly Point[]): void {
  const body = rings.slice(Math.floor(rings.length * 0.08), Math.ceil(rings.length * 0.72));
  const edge = (angle: number) => body.map(([radius, height]) => ringPoint(pen, x, y, radius, height, angle));
  const path = polygon([...edge(-0.86), ...edge(-0.6).reverse()]);
  const [first, last] = [edge(-0.7)[0]!, edge(-0.7).at(-1)!];
  pen.fill(
    path,
    pen.linear(
      [0, first[1]],
      [0, last[1]],
      [
        [0, '#ffffff', 0.06],
        [0.2, '#ffffff', 0.48],
        [0.6, '#ffffff', 0.22],
        [1, '#ffffff', 0],
      ],
    ),
  );
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
    for (const [x] of [a, b]) stops.push([(pen.at(x, 0, 0)[0] - left) / (right - left || 1), tone]);
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
