import { extrude, levelPlane, plan, sidePlane, turned } from './blocks.ts';
import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { chance, curve, DEPTH, ellipse, type Pen, type Point, pairs, polygon, roundedRect } from './pen.ts';
import { tube } from './soft.ts';
import { disk, lathe } from './solids.ts';
import { shade } from './tint.ts';

const bar: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  pen.floor = 760;
  const turn = 22;
  castShadow(pen, { rx: 370, ry: 260, tall: 200 });
  extrude(pen, { plan: plan(620, 400, 90, turn), from: 0, to: 60, color, edge: 0, taper: 1.04 });
  extrude(pen, { plan: plan(645, 416, 94, turn), from: 58, to: 190, color, taper: 0.94, edge: 0.5 });
  pen.placed(levelPlane(pen, [0, 0], 190, turn), () => {
    pen.fill(roundedRect(-220, -120, 440, 240, 60), shade(color, -0.2), 0.5);
    pen.fill(roundedRect(-214, -110, 440, 240, 60), shade(color, 0.26), 0.8);
    pen.fill(roundedRect(-214, -114, 434, 234, 60), shade(color, 0.1));
    leaf(pen, shade(color, -0.32), 1.4);
  });
  bubbles(pen, 9, accent);
};

const puck: Draw = (pen, { color, accent = MATERIAL.wood }) => {
  pen.floor = 790;
  castShadow(pen, { rx: 360, tall: 190 });
  lathe(pen, { profile: pairs([360, 50, 370, 40, 350, 0]), color: accent });
  disk(pen, 362, 50, accent);
  pen.within(ellipse(pen.at(0, 0, 50), 340, 340 * DEPTH), () => {
    for (const x of [-180, -60, 60, 180])
      pen.stroke(polygon([pen.at(x, -250, 51), pen.at(x, 250, 51)], true), shade(accent, -0.6), 16, 0.5);
  });
  pen.fill(ellipse(pen.at(36, 10, 50), 276, 96), shade(accent, -0.8), 0.4);
  lathe(pen, { profile: pairs([200, 236, 244, 226, 262, 190, 262, 100, 240, 52]), color, finish: 'glazed' });
  pen.fill(ellipse(pen.at(0, 0, 234), 190, 190 * DEPTH), shade(color, 0.28));
  pen.placed(levelPlane(pen, [0, 0], 234, 0), () => {
    for (let i = 0; i < 12; i++) {
      const angle = (i * Math.PI) / 6;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      pen.placed([cos, sin, -sin, cos, cos * 96, sin * 96], () =>
        pen.fill(ellipse([0, 0], 56, 20), shade(color, -0.16)),
      );
    }
    pen.fill(ellipse([0, 0], 36, 36), shade(color, -0.26));
  });
};

const roped: Draw = (pen, { color, accent = MATERIAL.straw }) => {
  pen.floor = 880;
  const turn = 24;
  castShadow(pen, { rx: 280, ry: 250, tall: 400 });
  extrude(pen, { plan: plan(420, 380, 30, turn), from: 0, to: 400, color });
  const specks = chance(4);
  for (const [corner, length, angle] of [
    [turned(-210, 190, turn), 420, turn],
    [turned(210, 190, turn), 380, turn - 90],
  ] as const) {
    pen.placed(sidePlane(pen, corner, 0, angle), () => {
      for (let i = 0; i < 46; i++)
        pen.fill(
          ellipse([24 + specks() * (length - 48), 20 + specks() * 360], 3 + specks() * 6, 3 + specks() * 4),
          shade(color, specks() > 0.5 ? -0.45 : 0.5),
          0.5,
        );
    });
  }
  pen.placed(sidePlane(pen, turned(-210, 190, turn), 0, turn), () => {
    pen.stroke(roundedRect(120, 150, 180, 180, 90), shade(color, -0.4), 10, 0.8);
    pen.placed([1, 0, 0, -1, 210, 240], () => leaf(pen, shade(color, -0.4), 0.9));
  });
  const wrap = (height: number): Point[] => [
    pen.at(...turned(-212, 192, turn), height),
    pen.at(...turned(212, 192, turn), height),
    pen.at(...turned(212, -190, turn), height),
  ];
  for (const height of [84, 104]) tube(pen, polygon(wrap(height), true), 15, accent);
  const hole = pen.at(0, 0, 402);
  pen.fill(ellipse(hole, 40, 15), shade(color, -0.5));
  tube(
    pen,
    curve([
      [hole[0] - 8, hole[1]],
      [hole[0] - 120, hole[1] - 150],
      [hole[0] - 20, hole[1] - 220],
      [hole[0] + 90, hole[1] - 140],
      [hole[0] + 10, hole[1]],
    ]),
    18,
    accent,
  );
};

const stacked: Draw = (pen, { color, accent = MATERIAL.paper }) => {
  pen.floor = 820;
  castShadow(pen, { rx: 320, ry: 220, tall: 330 });
  const tones = [shade(color, -0.24), shade(color, 0.35), color];
  for (const [i, tone] of tones.entries()) {
    const [turn, from] = [[16, 34, 22][i]!, i * 118];
    const [width, depth] = [500, 320];
    extrude(pen, { plan: plan(width, depth, 24, turn), from, to: from + 114, color: tone });
    pen.placed(sidePlane(pen, turned(-width / 2, depth / 2, turn), from, turn), () =>
      pen.fill(
        roundedRect(150, 0, 200, 114, 0),
        pen.linear(
          [150, 0],
          [350, 0],
          [
            [0, shade(accent, 0.1)],
            [1, shade(accent, -0.12)],
          ],
        ),
      ),
    );
    pen.placed(levelPlane(pen, [0, 0], from + 114, turn), () => {
      pen.fill(roundedRect(-100, -depth / 2, 200, depth, 0), shade(accent, 0.3));
      pen.placed([0, 1, -1, 0, 0, 0], () => leaf(pen, tone, 0.9));
    });
  }
};

export const soap: Shapes = [bar, puck, roped, stacked];

/** A pressed sprig. */
function leaf(pen: Pen, color: string, size: number): void {
  pen.stroke(`M0 ${70 * size}C${10 * size} 0 ${-6 * size} ${-40 * size} 0 ${-80 * size}`, color, 7 * size);
  for (let i = 0; i < 4; i++) {
    for (const side of [-1, 1]) {
      const [x, y] = [side * 30 * size, (46 - i * 32) * size];
      pen.placed([0.8, side * -0.55, side * 0.55, 0.8, x, y], () =>
        pen.fill(ellipse([0, 0], 28 * size, 11 * size), color),
      );
    }
  }
}

function bubbles(pen: Pen, seed: number, color: string): void {
  const random = chance(seed);
  for (let i = 0; i < 15; i++) {
    const size = 10 + random() * 30;
    const [x, y] = pen.at(-360 + random() * 620, 190 + random() * 150, size);
    pen.fill(
      ellipse([x, y], size, size),
      pen.radial([x - size * 0.3, y - size * 0.3], size * 1.4, size * 1.4, [
        [0, '#ffffff', 0.9],
        [0.4, color, 0.3],
        [0.75, shade(color, -0.3), 0.22],
        [1, '#ffffff', 0.6],
      ]),
    );
    pen.fill(ellipse([x - size * 0.36, y - size * 0.4], size * 0.2, size * 0.15), '#ffffff', 0.95);
  }
}
