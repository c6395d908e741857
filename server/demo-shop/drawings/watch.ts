import { castShadow, wallShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, ellipse, type Pen, type Point, pairs, roundedRect } from './pen.ts';
import { form, tube } from './soft.ts';
import { disk, lathe } from './solids.ts';
import { lightnessOf, shade } from './tint.ts';

const field: Draw = (pen, { color, accent = MATERIAL.steel }) => {
  bands(
    pen,
    color,
    pairs([520, 190, 680, 190, 690, 440, 510, 440]),
    pairs([510, 760, 690, 760, 676, 1010, 600, 1040, 524, 1010]),
  );
  for (let i = 0; i < 5; i++) pen.fill(ellipse([600, 860 + i * 34], 9, 7), shade(color, -0.8));
  bezel(pen, (size) => ellipse([600, 600], 206 * size, 206 * size), accent);
  pen.fill(roundedRect(806, 578, 34, 44, 8), shade(accent, -0.3));
  face(pen, [600, 600], 176, MATERIAL.paper, MATERIAL.ink);
};

const square: Draw = (pen, { color, accent = MATERIAL.brass }) => {
  bands(
    pen,
    color,
    pairs([524, 190, 676, 190, 684, 420, 516, 420]),
    pairs([516, 780, 684, 780, 672, 1010, 600, 1036, 528, 1010]),
  );
  bezel(pen, (size) => roundedRect(600 - 176 * size, 600 - 204 * size, 352 * size, 408 * size, 64 * size), accent);
  pen.fill(roundedRect(774, 580, 30, 40, 8), shade(accent, -0.3));
  const glass = roundedRect(448, 424, 304, 352, 40);
  pen.fill(
    glass,
    pen.spread(
      [0, 0],
      [1, 1],
      [
        [0, '#3a3e52'],
        [1, '#1c1e2a'],
      ],
    ),
  );
  for (let i = 0; i < 12; i++) {
    const [x, y] = [Math.sin((i * Math.PI) / 6), -Math.cos((i * Math.PI) / 6)];
    const reach = Math.min(124 / Math.max(0.01, Math.abs(x)), 148 / Math.max(0.01, Math.abs(y)));
    pen.stroke(
      `M${600 + x * reach} ${600 + y * reach}L${600 + x * (reach - 26)} ${600 + y * (reach - 26)}`,
      shade(accent, 0.3),
      7,
    );
  }
  hands(pen, [600, 600], 130, MATERIAL.cream, shade(accent, 0.2));
  reflection(pen, glass);
};

const pocket: Draw = (pen, { color, accent = MATERIAL.ink }) => {
  const body = ellipse([600, 690], 268, 268);
  wallShadow(pen, body, 34);
  const chain = Array.from(
    { length: 14 },
    (_, i): Point => [600 - Math.sin(i * 0.2) * 210 + i * 12, 352 - i * 24 + Math.sin(i * 0.5) * 10],
  );
  for (const [i, [x, y]] of chain.entries()) {
    pen.stroke(ellipse([x + 3, y + 4], i % 2 ? 8 : 17, 14), shade(color, -0.65), 8);
    pen.stroke(ellipse([x, y], i % 2 ? 8 : 17, 14), shade(color, i % 2 ? 0.4 : 0.05), 7);
  }
  tube(pen, 'M600 420C530 400 540 330 600 330C660 330 670 400 600 420', 20, color, 'metal');
  pen.fill(
    roundedRect(570, 396, 60, 52, 12),
    pen.spread(
      [0, 0],
      [1, 0],
      [
        [0, shade(color, -0.3)],
        [0.3, shade(color, 0.6)],
        [1, shade(color, -0.5)],
      ],
    ),
  );
  pen.placed([1, 0, 0, 1, 0, 90], () => {
    bezel(pen, (size) => ellipse([600, 600], 268 * size, 268 * size), color, false);
    face(pen, [600, 600], 226, MATERIAL.paper, accent);
    pen.fill(ellipse([600, 700], 56, 56), shade(MATERIAL.paper, -0.12));
    pen.stroke('M600 700L622 668', accent, 5);
  });
};

const clock: Draw = (pen, { color, accent = MATERIAL.steel }) => {
  pen.floor = 960;
  castShadow(pen, { rx: 230, ry: 160, tall: 480 });
  const loop = curve(
    pairs([420, 900, 380, 640, 440, 330, 600, 250, 760, 330, 820, 640, 780, 900, 700, 990, 600, 1004, 500, 990]),
    true,
  );
  form(pen, loop, shade(color, -0.28), 60, 0.6);
  const inner = curve(pairs([468, 860, 450, 640, 496, 420, 600, 350, 704, 420, 750, 640, 732, 860, 600, 930]), true);
  pen.fill(inner, shade(color, -0.62));
  lathe(pen, { y: 40, profile: pairs([130, 300, 150, 280, 150, 20, 136, 0]), color: MATERIAL.cream });
  disk(pen, 136, 300, MATERIAL.cream, 0, 40);
  const front = curve(
    pairs([452, 700, 452, 700, 748, 700, 748, 700, 760, 900, 700, 1000, 600, 1016, 500, 1000, 440, 900]),
    true,
  );
  form(pen, front, color, 60, 0.9);
  form(pen, curve(pairs([448, 440, 470, 320, 600, 270, 730, 320, 752, 440, 752, 480, 448, 480]), true), color, 50, 0.9);
  pen.placed([0.94, 0, 0, 0.9, 36, 24], () => {
    bezel(pen, (size) => ellipse([600, 610], 212 * size, 212 * size), accent);
    for (let i = 0; i < 60; i++) {
      const [x, y] = [Math.sin(i * 0.1047), Math.cos(i * 0.1047)];
      pen.stroke(
        `M${600 + x * 186} ${610 + y * 186}L${600 + x * 198} ${610 + y * 198}`,
        i % 5 ? shade(accent, 0.5) : '#e0a83a',
        5,
      );
    }
    face(pen, [600, 610], 166, '#2a3142', MATERIAL.cream);
  });
};

export const watch: Shapes = [field, square, pocket, clock];

function bands(pen: Pen, color: string, upper: readonly Point[], lower: readonly Point[]): void {
  for (const half of [upper, lower]) {
    const path = curve(
      half.flatMap((point): Point[] => [point, point]),
      true,
    );
    wallShadow(pen, path, 24);
    form(pen, path, color, 40, 1);
    pen.within(path, () =>
      pen.placed([0.86, 0, 0, 0.96, 84, half === upper ? 0 : 36], () =>
        pen.stroke(path, shade(color, lightnessOf(color) > 0.6 ? -0.3 : 0.5), 4, 0.6),
      ),
    );
  }
}

function bezel(pen: Pen, outline: (size: number) => string, metal: string, shadow = true): void {
  if (shadow) wallShadow(pen, outline(1), 22);
  pen.fill(
    outline(1),
    pen.spread(
      [0.1, 0],
      [0.9, 1],
      [
        [0, shade(metal, 0.75)],
        [0.3, shade(metal, 0.1)],
        [0.55, shade(metal, -0.3)],
        [0.8, shade(metal, 0.25)],
        [1, shade(metal, -0.5)],
      ],
    ),
  );
  pen.placed([1, 0, 0, 1, 0, 0], () =>
    pen.fill(
      outline(0.93),
      pen.spread(
        [0, 0],
        [1, 1],
        [
          [0, shade(metal, -0.45)],
          [0.5, shade(metal, 0.1)],
          [1, shade(metal, 0.7)],
        ],
      ),
    ),
  );
}

function face(pen: Pen, [x, y]: Point, radius: number, ground: string, ink: string): void {
  const glass = ellipse([x, y], radius, radius);
  pen.fill(
    glass,
    pen.spread(
      [0, 0],
      [1, 1],
      [
        [0, shade(ground, -0.14)],
        [0.4, shade(ground, 0.1)],
        [1, shade(ground, 0.04)],
      ],
    ),
  );
  for (let i = 0; i < 12; i++) {
    const [sin, cos] = [Math.sin((i * Math.PI) / 6), Math.cos((i * Math.PI) / 6)];
    const [from, to] = [radius * 0.9, radius * (i % 3 ? 0.8 : 0.7)];
    pen.stroke(
      `M${x + sin * from} ${y + cos * from}L${x + sin * to} ${y + cos * to}`,
      ink,
      i % 3 ? radius * 0.03 : radius * 0.055,
    );
  }
  hands(pen, [x, y], radius * 0.78, ink, '#c8553d');
  reflection(pen, glass);
}

/** Ten past ten, as watches are always shown. */
function hands(pen: Pen, [x, y]: Point, reach: number, ink: string, accent: string): void {
  const hand = (angle: number, length: number, width: number, color: string) => {
    const [dx, dy] = [Math.sin(angle) * length, -Math.cos(angle) * length];
    pen.stroke(`M${x + 3} ${y + 5}L${x + dx + 3} ${y + dy + 5}`, '#000000', width, 0.16);
    pen.stroke(`M${x - dx * 0.12} ${y - dy * 0.12}L${x + dx} ${y + dy}`, color, width);
  };
  hand(-0.98, reach * 0.62, reach * 0.085, ink);
  hand(1.08, reach * 0.94, reach * 0.06, ink);
  hand(3.4, reach * 0.9, reach * 0.025, accent);
  pen.fill(ellipse([x, y], reach * 0.075, reach * 0.075), accent);
}

function reflection(pen: Pen, glass: string): void {
  pen.within(glass, () => pen.fill('M300 300H640L420 860H200Z', '#ffffff', 0.1));
}
