import { extrude, levelPlane, plan, turned } from './blocks.ts';
import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, DEPTH, ellipse, type Point, pairs } from './pen.ts';
import { rod, type Spot } from './soft.ts';
import { disk, lathe, ringPoint } from './solids.ts';
import { shade } from './tint.ts';

const TURN = 26;

const milking: Draw = (pen, { color }) => {
  pen.floor = 910;
  castShadow(pen, { rx: 230, tall: 460, legs: true });
  const leg = (angle: number): [Spot, Spot] => [
    [120 * Math.sin(angle), 120 * Math.cos(angle), 440],
    [230 * Math.sin(angle), 230 * Math.cos(angle), 0],
  ];
  rod(pen, ...leg(2.7), 44, shade(color, -0.25), 30);
  rod(pen, ...leg(0.75), 46, color, 32);
  rod(pen, ...leg(-1.1), 46, color, 32);
  lathe(pen, {
    profile: pairs([262, 506, 270, 498, 270, 456, 250, 436]),
    color,
  });
  disk(pen, 264, 506, color);
  for (const radius of [210, 158, 110, 66, 28])
    pen.stroke(ellipse(pen.at(12, 4, 506), radius, radius * DEPTH), shade(color, -0.35), 4, 0.35);
};

const bar: Draw = (pen, { color, accent = MATERIAL.darkWood }) => {
  pen.floor = 970;
  castShadow(pen, { rx: 190, tall: 640, legs: true });
  const foot = ([x, y]: Point, z: number): Spot => [
    ...turned(x * (1.36 - z * 0.0006), y * (1.36 - z * 0.0006), TURN),
    z,
  ];
  const legs = [
    [120, -120],
    [-120, -120],
    [120, 120],
    [-120, 120],
  ] as const;
  for (const [x, y] of legs)
    rod(pen, foot([x, y], 680), foot([x, y], 0), 32, y < 0 ? shade(accent, -0.25) : accent, 24);
  const rungs = [
    [0, 1, 300],
    [1, 3, 240],
    [0, 2, 240],
    [2, 3, 190],
  ] as const;
  for (const [a, b, z] of rungs) rod(pen, foot(legs[a], z), foot(legs[b], z), 20, accent);
  extrude(pen, { plan: plan(300, 300, 60, TURN), from: 660, to: 690, color: accent });
  extrude(pen, { plan: plan(316, 316, 90, TURN), from: 690, to: 752, color, edge: 0.2 });
  pen.fill(ellipse(pen.at(0, 0, 752), 70, 22), shade(color, -0.4), 0.2);
  disk(pen, 12, 752, shade(color, -0.2));
};

const pouf: Draw = (pen, { color, accent }) => {
  pen.floor = 840;
  castShadow(pen, { rx: 320, tall: 340 });
  lathe(pen, {
    profile: pairs([230, 400, 300, 380, 350, 300, 360, 200, 346, 90, 300, 16, 280, 0]),
    color,
  });
  const gore = (angle: number) => {
    const meridian = pairs([300, 380, 350, 300, 360, 200, 346, 90, 300, 16]).map(([r, z]) =>
      ringPoint(pen, 0, 0, r!, z!, angle),
    );
    pen.stroke(curve(meridian), shade(color, -0.6), 9, 0.3);
    pen.placed([1, 0, 0, 1, -6, -2], () => pen.stroke(curve(meridian), accent ?? shade(color, 0.7), 3, 0.7));
  };
  for (let i = -3; i <= 3; i++) gore(i * 0.46 + 0.1);
  disk(pen, 252, 398, shade(color, 0.06));
  for (let i = 0; i < 14; i++) {
    const [a, b] = [ringPoint(pen, 0, 0, 40, 402, i * 0.449), ringPoint(pen, 0, 0, 256, 396, i * 0.449)];
    pen.stroke(`M${a.join(' ')}L${b.join(' ')}`, shade(color, -0.45), 4, 0.4);
  }
  disk(pen, 52, 404, accent ?? shade(color, -0.2));
};

const step: Draw = (pen, { color, accent = MATERIAL.wood }) => {
  pen.floor = 900;
  castShadow(pen, { rx: 290, tall: 420 });
  const board = (y: number, depth: number, z: number, tone: string) => {
    const [px, py] = turned(0, y, TURN);
    extrude(pen, { plan: plan(480, depth, 26, TURN, px, py), from: z, to: z + 40, color: tone });
  };
  const side = (x: number) => {
    for (const [y, depth, height] of [
      [-100, 180, 440],
      [80, 180, 210],
    ] as const) {
      const [px, py] = turned(x, y, TURN);
      extrude(pen, { plan: plan(34, depth, 4, TURN, px, py), from: 0, to: height, color, edge: 0.1 });
    }
  };
  side(-190);
  const [bx, by] = turned(0, -170, TURN);
  extrude(pen, { plan: plan(380, 20, 2, TURN, bx, by), from: 40, to: 430, color: shade(color, -0.35), edge: 0 });
  side(190);
  board(-100, 210, 440, accent);
  const [mx, my] = turned(0, -10, TURN);
  extrude(pen, { plan: plan(350, 16, 2, TURN, mx, my), from: 60, to: 210, color: shade(color, -0.3), edge: 0 });
  board(90, 200, 210, accent);
  pen.placed(levelPlane(pen, turned(0, -100, TURN), 480, TURN), () =>
    pen.stroke('M-50 0H50', shade(accent, -0.75), 26, 0.85),
  );
};

export const stool: Shapes = [milking, bar, pouf, step];
