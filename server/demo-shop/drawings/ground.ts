/** The paper-like room things stand in, and the shadows they leave there. */
import { DEPTH, ellipse, type Pen, type Point, polygon } from './pen.ts';
import { oklch } from './tint.ts';

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
        [0, tint(0.935, 0.021)],
        [0.5, tint(0.92, 0.024)],
        [0.565, tint(0.9, 0.028)],
        [0.6, tint(0.878, 0.032)],
        [0.68, tint(0.888, 0.031)],
        [1, tint(0.91, 0.027)],
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

interface Footprint {
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
  pool(
    pen.at(x + rx * 0.08, y + ry * 0.12, 0),
    rx * 1.1 + 14,
    ry * DEPTH * 1.12 + 16,
    legs ? 0.3 : 0.5,
    legs ? 0.2 : 0.62,
  );
}

/** The dark line where an edged thing meets the floor; corners on paper. */
export function contact(pen: Pen, corners: readonly Point[]): void {
  const path = polygon(corners);
  pen.placed([1, 0, 0, 1, 7, 5], () => {
    for (const width of [54, 46, 38, 30, 22, 14, 7]) pen.stroke(path, shadowColor(pen), width, 0.05);
  });
}

/** What a hanging thing keeps from the wall behind it. */
export function wallShadow(pen: Pen, path: string, away = 30): void {
  const dark = shadowColor(pen);
  pen.placed([1, 0, 0, 1, away, away * 1.15], () => {
    for (const width of [44, 28, 14]) pen.stroke(path, dark, width, 0.045);
    pen.fill(path, dark, 0.17);
  });
}
