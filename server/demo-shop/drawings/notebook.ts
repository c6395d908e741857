import { extrude, levelPlane, plan, sidePlane, turned } from './blocks.ts';
import { castShadow, shadowColor } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, ellipse, type Point, polygon, roundedRect } from './pen.ts';
import { rod, tube } from './soft.ts';
import { lightnessOf, shade } from './tint.ts';

const elastic: Draw = (pen, { color, accent = '#c8553d' }) => {
  pen.floor = 740;
  const turn = 24;
  castShadow(pen, { rx: 330, ry: 420, tall: 90 });
  extrude(pen, { plan: plan(520, 700, 30, turn), from: 0, to: 10, color: shade(color, -0.2), edge: 0 });
  extrude(pen, { plan: plan(508, 688, 26, turn), from: 10, to: 62, color: shade(MATERIAL.paper, -0.14), edge: 0 });
  extrude(pen, { plan: plan(520, 700, 30, turn), from: 60, to: 74, color });
  pen.placed(levelPlane(pen, [0, 0], 74, turn), () => {
    pen.fill(roundedRect(-260, -348, 40, 696, 0), shade(color, -0.3), 0.35);
    pen.fill(roundedRect(180, -349, 24, 698, 0), accent);
    pen.fill(roundedRect(183, -349, 7, 698, 0), shade(accent, 0.6), 0.5);
    pen.fill(roundedRect(-120, -170, 220, 130, 8), MATERIAL.paper);
    for (const y of [-140, -108, -76]) pen.stroke(`M-96 ${y}H76`, shade(color, -0.3), 5, 0.5);
  });
  const [a, b] = [turned(192, 351, turn), turned(192, 351, turn)];
  pen.stroke(polygon([pen.at(...a, 72), pen.at(...b, 4)], true), accent, 24, 1, 'butt');
  tube(
    pen,
    curve([
      pen.at(...turned(-60, 344, turn), 40),
      pen.at(...turned(-70, 420, turn), 10),
      pen.at(...turned(-40, 470, turn), 2),
    ]),
    12,
    accent,
  );
};

const wired: Draw = (pen, { color, accent = lightnessOf(color) > 0.7 ? MATERIAL.ink : MATERIAL.cream }) => {
  pen.floor = 940;
  const lean = (x: number, z: number): Point => pen.at(x, 120 - z * 0.36, z);
  castShadow(pen, { rx: 280, ry: 190, tall: 420 });
  pen.fill(
    polygon([pen.at(-250, -330, 0), pen.at(250, -330, 0), pen.at(240, -130, 690), pen.at(-240, -130, 690)]),
    shade(color, -0.45),
  );
  for (let page = 5; page >= 0; page--)
    pen.fill(
      polygon([
        lean(-246 + page * 2, 4 + page),
        lean(252 + page * 3, 4 + page),
        lean(252 + page * 3, 700 - page),
        lean(-246, 700),
      ]),
      shade(MATERIAL.paper, page % 2 ? -0.3 : -0.1),
    );
  const front = polygon([lean(-254, 0), lean(254, 0), lean(254, 704), lean(-254, 704)]);
  pen.fill(
    front,
    pen.spread(
      [0, 0],
      [1, 1],
      [
        [0, shade(color, 0.2)],
        [0.5, color],
        [1, shade(color, -0.2)],
      ],
    ),
  );
  pen.within(front, () => {
    pen.fill(polygon([lean(-254, 0), lean(254, 0), lean(254, 190), lean(-254, 320)]), accent, 0.92);
    const [x, y] = lean(70, 470);
    pen.fill(ellipse([x, y], 96, 104), shade(color, 0.45));
    pen.fill(ellipse([x - 24, y - 20], 96, 104), color);
  });
  for (let i = 0; i < 17; i++) {
    const [x, y] = lean(-232 + i * 29, 690);
    pen.fill(ellipse([x, y + 12], 7, 7), shade(color, -0.75));
    tube(pen, `M${x} ${y + 10}C${x - 14} ${y - 40} ${x + 10} ${y - 50} ${x + 8} ${y - 12}`, 7, MATERIAL.steel, 'metal');
  }
};

const pencilled: Draw = (pen, { color, accent = '#d8a03c' }) => {
  pen.floor = 745;
  const turn = -20;
  castShadow(pen, { rx: 430, ry: 360, tall: 50 });
  extrude(pen, { plan: plan(824, 622, 24, turn), from: 0, to: 14, color, edge: 0.2 });
  for (const [x, tone] of [
    [-187, 0.1],
    [187, -0.02],
  ] as const) {
    const [px, py] = turned(x, 0, turn);
    extrude(pen, {
      plan: plan(372, 552, 8, turn, px, py),
      from: 10,
      to: 40,
      color: shade(MATERIAL.paper, tone - 0.06),
      top: MATERIAL.paper,
      edge: 0,
    });
  }
  pen.placed(levelPlane(pen, [0, 0], 40, turn), () => {
    pen.fill(
      roundedRect(-40, -276, 80, 552, 0),
      pen.linear(
        [-40, 0],
        [40, 0],
        [
          [0, shadowColor(pen), 0],
          [0.5, shadowColor(pen), 0.4],
          [1, shadowColor(pen), 0],
        ],
      ),
    );
    for (let line = 0; line < 12; line++) {
      pen.stroke(`M-340 ${-210 + line * 40}H-40M40 ${-210 + line * 40}H340`, shade(color, 0.2), 3, 0.5);
      if (line > 0 && line < 8)
        pen.stroke(
          `M-330 ${-222 + line * 40}q20 -14 40 0t40 0t40 0t40 ${line % 3}${line % 2 ? 't40 0t40 0' : ''}`,
          MATERIAL.ink,
          5,
          0.55,
        );
    }
    pen.fill(roundedRect(-196, -290, 22, 580, 0), color);
    pen.fill(roundedRect(-192, -290, 6, 580, 0), shade(color, 0.5), 0.5);
    pen.fill(roundedRect(300, -277, 26, 90, 0), shade(color, -0.1));
    pen.fill(roundedRect(300, -140, 26, 60, 0), shade(color, 0.3));
  });
  pen.stroke(polygon([pen.at(30, 190, 44), pen.at(330, -60, 44)], true), shadowColor(pen), 20, 0.3);
  rod(pen, [40, 180, 62], [330, -80, 62], 26, accent);
  rod(pen, [330, -80, 62], [356, -103, 62], 26, '#c9736b');
  const [tip, left, right] = [pen.at(-16, 232, 50), pen.at(34, 160, 66), pen.at(54, 200, 62)];
  pen.fill(polygon([tip, left, right]), shade(MATERIAL.wood, 0.4));
  pen.fill(polygon([tip, [tip[0] + 20, tip[1] - 15], [tip[0] + 27, tip[1] - 5]]), MATERIAL.ink);
};

const sewn: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  pen.floor = 775;
  castShadow(pen, { rx: 340, ry: 330, tall: 170 });
  const tones = [shade(color, -0.3), accent, color];
  for (const [i, tone] of tones.entries()) {
    const [turn, from] = [[30, 8, 20][i]!, i * 44];
    const [width, depth] = [470, 640];
    extrude(pen, { plan: plan(width, depth, 18, turn), from, to: from + 8, color: shade(tone, -0.16), edge: 0 });
    extrude(pen, {
      plan: plan(width - 10, depth - 10, 12, turn),
      from: from + 8,
      to: from + 34,
      color: shade(MATERIAL.paper, -0.12),
      edge: 0,
    });
    extrude(pen, { plan: plan(width, depth, 18, turn), from: from + 34, to: from + 43, color: tone });
    if (i < 2) continue;
    pen.placed(levelPlane(pen, [0, 0], from + 43, turn), () => {
      pen.fill(roundedRect(-235, -318, 74, 636, 12), shade(accent, -0.06));
      for (let stitch = -280; stitch < 280; stitch += 44) pen.stroke(`M-176 ${stitch}v24`, shade(color, -0.4), 6);
      pen.fill(roundedRect(-70, -190, 220, 90, 6), shade(accent, 0.05));
      pen.stroke('M-44 -158H124M-44 -130H70', shade(color, -0.4), 6, 0.7);
    });
    pen.placed(sidePlane(pen, turned(-235, 320, turn), from, turn), () =>
      pen.fill(roundedRect(0, 33, 74, 10, 0), shade(accent, -0.16)),
    );
  }
};

export const notebook: Shapes = [elastic, wired, pencilled, sewn];
