import { levelPlane, sidePlane, turned } from './blocks.ts';
import { folded, fringe, hoop, knit, roll, spiral } from './cloth.ts';
import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, polygon } from './pen.ts';
import { fold, form, rod } from './soft.ts';
import { shade } from './tint.ts';

const TURN = 20;

const plaid: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  pen.floor = 790;
  castShadow(pen, { rx: 380, ry: 320, tall: 280 });
  const top = folded(pen, { width: 600, depth: 460, layers: 3, thick: 84, turn: TURN, color });
  pen.placed(levelPlane(pen, [0, 0], top, TURN), () => {
    for (const [at, wide] of [
      [-200, 40],
      [-130, 12],
      [60, 40],
      [130, 12],
    ] as const)
      pen.fill(`M${at} -226h${wide}v452h${-wide}Z`, accent, 0.55);
    for (const [at, wide] of [
      [-120, 40],
      [-50, 12],
      [100, 40],
      [160, 12],
    ] as const)
      pen.fill(`M-294 ${at}h588v${wide}h-588Z`, accent, 0.5);
  });
  pen.placed(sidePlane(pen, turned(-300, 230, TURN), 0, TURN), () => {
    for (const [at, wide] of [
      [100, 40],
      [170, 12],
      [360, 40],
      [430, 12],
    ] as const)
      pen.fill(`M${at} ${top - 4}h${wide}V${top - 78}h${-wide}Z`, accent, 0.45);
  });
  const edge = (x: number) => pen.at(...turned(x, 232, TURN), top - 84);
  fringe(pen, edge(-270), edge(270), 74, accent, 30);
};

const draped: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  pen.floor = 960;
  castShadow(pen, { rx: 290, ry: 120, tall: 300, legs: true });
  for (const x of [-250, 250]) rod(pen, [x, -90, 720], [x, -120, 0], 34, shade(MATERIAL.wood, -0.2));
  rod(pen, [-290, 0, 700], [290, 0, 700], 40, MATERIAL.wood);
  const cloth = curve(
    [
      pen.at(-190, 0, 724),
      pen.at(-60, 0, 732),
      pen.at(110, 0, 722),
      pen.at(190, 0, 726),
      pen.at(190, 0, 726),
      pen.at(204, 40, 500),
      pen.at(192, 60, 250),
      pen.at(206, 60, 180),
      pen.at(206, 60, 180),
      pen.at(100, 60, 164),
      pen.at(0, 60, 184),
      pen.at(-110, 60, 162),
      pen.at(-204, 60, 180),
      pen.at(-204, 60, 180),
      pen.at(-190, 60, 400),
      pen.at(-204, 40, 600),
      pen.at(-190, 0, 724),
    ],
    true,
  );
  fringe(pen, pen.at(-196, 60, 176), pen.at(198, 60, 176), 64, color, 30);
  form(pen, cloth, color, 46, 0.7);
  pen.within(cloth, () => {
    for (const [low, tall] of [
      [230, 40],
      [300, 14],
      [330, 14],
    ] as const)
      pen.fill(
        polygon([
          pen.at(-220, 60, low),
          pen.at(220, 60, low),
          pen.at(220, 60, low + tall),
          pen.at(-220, 60, low + tall),
        ]),
        accent,
        0.85,
      );
    for (const [x, bend] of [
      [-120, 20],
      [-40, -16],
      [50, 18],
      [130, -14],
    ] as const)
      fold(pen, [pen.at(x, 0, 730), pen.at(x + bend, 40, 480), pen.at(x - bend * 0.6, 60, 160)], color, 40, 1.1);
  });
  for (const x of [-250, 250]) rod(pen, [x, 60, 720], [x, 160, 0], 34, MATERIAL.wood);
};

const strapped: Draw = (pen, { color, accent = MATERIAL.leather }) => {
  pen.floor = 850;
  castShadow(pen, { rx: 380, ry: 190, tall: 240 });
  const turn = 24;
  const around = { radius: 150, turn };
  const bands = () => {
    for (const at of [-40, 0, 40]) hoop(pen, { ...around, at, width: 12, color: MATERIAL.cream });
  };
  roll(pen, { length: 620, color, ...around }, () => spiral(pen, 150, 5, color), bands);
  for (const at of [-170, 170]) hoop(pen, { turn, radius: 152, at, width: 32, color: accent });
  const [a, b] = [pen.at(...turned(-170, 0, turn), 302), pen.at(...turned(170, 0, turn), 302)];
  const grip = curve([
    a,
    [a[0] + 60, a[1] - 50],
    [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2 - 66],
    [b[0] - 60, b[1] - 60],
    b,
  ]);
  pen.stroke(grip, shade(accent, -0.3), 34);
  pen.stroke(grip, accent, 26);
  pen.stroke(grip, shade(accent, 0.4), 8, 0.5);
};

const stacked: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  pen.floor = 880;
  castShadow(pen, { rx: 340, ry: 290, tall: 420 });
  let top = 0;
  for (const [i, tone] of [shade(color, -0.3), accent, color].entries()) {
    top = folded(pen, {
      width: 540 - i * 16,
      depth: 420 - i * 12,
      layers: 2,
      thick: 84,
      from: top,
      turn: TURN - i * 4,
      color: tone,
    });
  }
  pen.placed(levelPlane(pen, [0, 0], top, TURN - 8), () =>
    knit(pen, { x: -232, y: -180, width: 464, height: 366 }, color, 30),
  );
};

export const blanket: Shapes = [plaid, draped, strapped, stacked];
