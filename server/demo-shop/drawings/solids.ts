/** Turned solids: anything made on a wheel or a lathe, under one lamp at the upper left and a little toward us. */
import { ACROSS, type Finish } from './material.ts';
import { along, DEPTH, ellipse, HEIGHT, type Pen, type Point, polygon, type Stop } from './pen.ts';
import { shade } from './tint.ts';

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
function turnedOutline(pen: Pen, x: number, y: number, rings: readonly Point[]): string {
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
  return `M-600 -600H1800V1800H${middle + radius}V${level}A${radius} ${radius * DEPTH} 0 0 1 ${middle - radius} ${level}V1800H-600Z`;
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
