import { levelPlane, sidePlane, turned } from './blocks.ts';
import { folded, fringe, hoop, knit, roll, spiral } from './cloth.ts';
import { castShadow, wallShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, type Point, pairs } from './pen.ts';
import { ball, fold, form, tube } from './soft.ts';
import { lathe, mouth, ringPoint } from './solids.ts';
import { shade } from './tint.ts';

const pegged: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  const back: Point[] = pairs([
    560, 300, 640, 300, 690, 420, 720, 640, 716, 800, 716, 800, 560, 800, 560, 800, 570, 560,
  ]);
  const front: Point[] = pairs([
    540, 290, 620, 280, 650, 330, 640, 520, 624, 740, 630, 920, 630, 920, 450, 920, 450, 920, 466, 700, 500, 480,
  ]);
  for (const cloth of [back, front]) wallShadow(pen, curve(cloth, true), 28);
  fringe(pen, [566, 800], [710, 800], 70, shade(color, -0.1), 16);
  form(pen, curve(back, true), shade(color, -0.16), 50, 0.5);
  pen.within(curve(back, true), () => stripes(pen.fill.bind(pen), accent, 700));
  fringe(pen, [456, 918], [624, 918], 76, color, 18);
  form(pen, curve(front, true), color, 60, 0.8);
  pen.within(curve(front, true), () => {
    stripes(pen.fill.bind(pen), accent, 810);
    fold(pen, pairs([570, 300, 556, 540, 510, 920]), color, 34);
    fold(pen, pairs([610, 300, 606, 560, 580, 920]), color, 34);
  });
  tube(pen, 'M600 262L594 292', 54, MATERIAL.wood);
  ball(pen, [590, 292], 44, MATERIAL.wood, 'glazed');
};

const laid: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  pen.floor = 780;
  const turn = 22;
  castShadow(pen, { rx: 330, ry: 250, tall: 220 });
  const top = folded(pen, { width: 540, depth: 330, layers: 4, thick: 54, turn, color });
  pen.placed(levelPlane(pen, [0, 0], top, turn), () => {
    for (const at of [-216, -176, 150, 190]) pen.fill(`M${at} -160h22v320h-22Z`, accent, 0.8);
    knit(pen, { x: -130, y: -156, width: 260, height: 312 }, color, 26);
  });
  pen.placed(sidePlane(pen, turned(-270, 165, turn), 0, turn), () => {
    for (const at of [54, 94, 420, 460]) pen.fill(`M${at} ${top - 3}h22v-48h-22Z`, accent, 0.7);
  });
  const edge = (x: number) => pen.at(...turned(x, 168, turn), top - 50);
  fringe(pen, edge(-250), edge(250), 110, color, 34);
};

const snood: Draw = (pen, { color }) => {
  pen.floor = 850;
  castShadow(pen, { rx: 300, tall: 360 });
  const tiers = [
    [290, 0, 190],
    [276, 130, 320],
    [250, 250, 430],
  ] as const;
  for (const [i, [radius, low, high]] of tiers.entries()) {
    const middle = (low + high) / 2;
    const body = lathe(pen, {
      profile: [
        [radius - 30, high],
        [radius + 14, middle + 50],
        [radius + 16, middle - 40],
        [radius - 24, low],
      ],
      color: shade(color, i * 0.04),
    });
    pen.within(body, () => {
      for (let rib = 0; rib < 27; rib++) {
        const angle = -1.5 + rib * 0.115;
        const line = [
          [radius - 30, high],
          [radius + 14, middle + 50],
          [radius + 16, middle - 40],
          [radius - 24, low],
        ].map(([r, z]) => ringPoint(pen, 0, 0, r!, z!, angle + (z! - low) * 0.0006));
        pen.stroke(curve(line), shade(color, -0.5), 11, 0.26);
        pen.placed([1, 0, 0, 1, -8, 0], () => pen.stroke(curve(line), shade(color, 0.6), 7, 0.24 - rib * 0.006));
      }
    });
  }
  mouth(pen, 222, 430, color, shade(color, -0.2), 54);
};

const coil: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  pen.floor = 840;
  castShadow(pen, { rx: 300, ry: 210, tall: 260 });
  const around = { radius: 190, turn: 44 };
  const bands = () => {
    for (const at of [-130, -96, 60, 94, 128]) hoop(pen, { ...around, at, width: 18, color: accent });
  };
  roll(pen, { length: 400, color, ...around }, () => spiral(pen, 190, 5, color), bands);
  const [tail, tip] = [turned(-180, 190, 44), turned(180, 190, 44)];
  fringe(pen, pen.at(...tail, 76), pen.at(...tip, 76), 84, shade(color, 0.06), 20);
};

export const scarf: Shapes = [pegged, laid, snood, coil];

function stripes(fill: (path: string, paint: string, opacity?: number) => void, color: string, from: number): void {
  for (const [at, tall] of [
    [0, 26],
    [40, 10],
    [-34, 10],
  ] as const)
    fill(`M300 ${from + at}H900V${from + at + tall}H300Z`, color, 0.85);
}
