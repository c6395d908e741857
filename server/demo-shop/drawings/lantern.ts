import { extrude, plan, sidePlane, turned } from './blocks.ts';
import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, DEPTH, ellipse, type Pen, type Point, pairs, polygon, roundedRect } from './pen.ts';
import { ball, rod, tube } from './soft.ts';
import { disk, lathe, ringPoint } from './solids.ts';
import { shade } from './tint.ts';

const LIGHT = '#ffe2a0';

const storm: Draw = (pen, { color, accent = MATERIAL.steel }) => {
  pen.floor = 930;
  castShadow(pen, { rx: 210, tall: 560 });
  tube(
    pen,
    curve([
      pen.at(-190, -20, 400),
      pen.at(-170, -20, 700),
      pen.at(0, -20, 790),
      pen.at(170, -20, 700),
      pen.at(190, -20, 400),
    ]),
    10,
    accent,
    'metal',
  );
  lathe(pen, { profile: pairs([120, 150, 200, 120, 210, 80, 210, 10, 200, 0]), color, finish: 'glazed' });
  for (const x of [-1, 1])
    tube(
      pen,
      curve([pen.at(x * 170, 0, 110), pen.at(x * 196, 0, 200), pen.at(x * 196, 0, 480), pen.at(x * 120, 0, 560)]),
      26,
      color,
    );
  glass(pen, pairs([84, 450, 120, 400, 150, 300, 130, 200, 96, 150]), [0, 0, 270]);
  lathe(pen, { profile: pairs([60, 600, 70, 590, 70, 540, 120, 490, 126, 470, 110, 446]), color, finish: 'glazed' });
  lathe(pen, { profile: pairs([30, 650, 84, 630, 90, 612]), color: accent, finish: 'metal' });
};

const moroccan: Draw = (pen, { color, accent = LIGHT }) => {
  pen.floor = 930;
  castShadow(pen, { rx: 200, tall: 580 });
  lathe(pen, { profile: pairs([130, 70, 190, 50, 190, 16, 180, 0]), color, finish: 'metal' });
  const profile: Point[] = pairs([110, 480, 200, 420, 236, 300, 210, 160, 130, 64]);
  const body = lathe(pen, { profile, color, finish: 'metal' });
  pen.within(body, () => {
    for (let row = 0; row < 7; row++) {
      const z = 110 + row * 52;
      const radius = 236 - ((z - 285) / 200) ** 2 * 96;
      for (let i = 0; i < 15; i++) {
        const angle = -1.5 + i * 0.214 + (row % 2) * 0.107;
        const [x, y] = ringPoint(pen, 0, 0, radius, z, angle);
        const wide = 15 * Math.cos(angle) + 1;
        pen.fill(
          polygon([
            [x, y - 21],
            [x + wide, y],
            [x, y + 21],
            [x - wide, y],
          ]),
          row % 2 ? accent : shade(accent, -0.06),
        );
      }
    }
    const heart = pen.at(0, 100, 260);
    pen.fill(
      ellipse(heart, 200, 180),
      pen.radial(heart, 200, 180, [
        [0, '#fff6d8', 0.55],
        [1, '#fff6d8', 0],
      ]),
    );
  });
  lathe(pen, { profile: pairs([0, 660, 20, 640, 40, 590, 120, 510, 126, 480, 112, 468]), color, finish: 'metal' });
  tube(pen, ellipse(pen.at(0, 0, 700), 34, 34), 11, color, 'metal');
};

const paper: Draw = (pen, { color, accent = MATERIAL.darkWood }) => {
  const middle: Point = [600, 640];
  tube(pen, 'M600 0V330', 8, MATERIAL.ink);
  const halo: Point = [600, 660];
  pen.fill(
    ellipse(halo, 520, 500),
    pen.radial(halo, 520, 500, [
      [0, LIGHT, 0.6],
      [0.6, LIGHT, 0.2],
      [1, LIGHT, 0],
    ]),
  );
  ball(pen, middle, 320, color, 'matte', 290);
  const globe = ellipse(middle, 320, 290);
  pen.fill(
    globe,
    pen.radial([590, 690], 300, 270, [
      [0, '#fff6da', 0.85],
      [0.5, '#ffeab5', 0.4],
      [1, '#ffeab5', 0],
    ]),
  );
  pen.within(globe, () => {
    for (let i = -8; i <= 8; i++) {
      const [half, y] = [Math.sqrt(1 - (i / 9) ** 2) * 320, middle[1] + i * 32];
      const path = `M${600 - half} ${y}A${half} ${half * 0.2} 0 0 0 ${600 + half} ${y}`;
      pen.stroke(path, shade(color, -0.5), 5, 0.3);
      pen.placed([1, 0, 0, 1, 0, -5], () => pen.stroke(path, '#ffffff', 4, 0.35));
    }
  });
  for (const [y, rx] of [
    [352, 84],
    [928, 84],
  ] as const) {
    pen.fill(ellipse([600, y], rx, rx * DEPTH), shade(accent, y < 500 ? 0.05 : -0.2));
    pen.fill(ellipse([600, y], rx - 16, (rx - 16) * DEPTH), y < 500 ? shade(accent, -0.6) : '#fff3cf');
  }
};

const framed: Draw = (pen, { color, accent = MATERIAL.brass }) => {
  pen.floor = 940;
  const turn = 28;
  castShadow(pen, { rx: 230, ry: 220, tall: 560 });
  const corner = (x: number, y: number, from: number, to: number) =>
    rod(pen, [...turned(x * 140, y * 140, turn), from], [...turned(x * 140, y * 140, turn), to], 26, color);
  extrude(pen, { plan: plan(350, 350, 10, turn), from: 0, to: 44, color });
  corner(1, -1, 44, 480);
  corner(-1, -1, 44, 480);
  lathe(pen, { profile: pairs([74, 240, 74, 240, 74, 46]), color: MATERIAL.cream });
  disk(pen, 74, 240, shade(MATERIAL.cream, 0.5));
  const [x, y] = pen.at(0, 0, 240);
  pen.fill(
    ellipse([x, y - 50], 210, 220),
    pen.radial([x, y - 50], 210, 220, [
      [0, LIGHT, 0.8],
      [0.4, LIGHT, 0.3],
      [1, LIGHT, 0],
    ]),
  );
  pen.fill(
    curve(
      [
        [x, y],
        [x - 26, y - 40],
        [x + 2, y - 118],
        [x + 2, y - 118],
        [x + 26, y - 40],
      ],
      true,
    ),
    '#ffb84a',
  );
  pen.fill(
    curve(
      [
        [x, y - 2],
        [x - 13, y - 30],
        [x + 1, y - 74],
        [x + 13, y - 30],
      ],
      true,
    ),
    '#fffbe4',
  );
  for (const [at, length, angle, tone] of [
    [turned(-140, 140, turn), 280, turn, 0.3],
    [turned(140, 140, turn), 280, turn - 90, 0.14],
  ] as const) {
    pen.placed(sidePlane(pen, at, 44, angle), () => {
      pen.fill(roundedRect(0, 0, length, 440, 0), '#eaf2f0', tone * 0.5);
      pen.fill('M40 0L150 0L260 430L160 430Z', '#ffffff', tone * 0.6);
    });
  }
  corner(1, 1, 44, 480);
  corner(-1, 1, 44, 480);
  extrude(pen, { plan: plan(370, 370, 10, turn), from: 480, to: 516, color, edge: 0.5 });
  extrude(pen, { plan: plan(330, 330, 6, turn), from: 516, to: 620, color: shade(color, 0.04), taper: 0.34 });
  lathe(pen, { profile: pairs([44, 660, 50, 650, 40, 612]), color: accent, finish: 'metal' });
  disk(pen, 44, 660, accent);
  tube(
    pen,
    curve([pen.at(-30, 0, 660), pen.at(-60, 0, 730), pen.at(0, 0, 786), pen.at(60, 0, 730), pen.at(30, 0, 660)]),
    15,
    accent,
    'metal',
  );
};

export const lantern: Shapes = [storm, moroccan, paper, framed];

/** A lit chimney: the flame inside, then the pale wall around it. */
function glass(pen: Pen, profile: readonly Point[], [x, y, z]: readonly [number, number, number]): void {
  const center = pen.at(x, y, z);
  pen.fill(
    ellipse(center, 260, 250),
    pen.radial(center, 260, 250, [
      [0, LIGHT, 0.75],
      [0.5, LIGHT, 0.25],
      [1, LIGHT, 0],
    ]),
  );
  lathe(pen, { profile, color: '#f4e6c4', opacity: 0.65 });
  const flame = (size: number) =>
    curve(
      [
        [center[0], center[1] + 60],
        [center[0] - 34 * size, center[1] + 20],
        [center[0] + 2, center[1] - 70 * size],
        [center[0] + 2, center[1] - 70 * size],
        [center[0] + 34 * size, center[1] + 20],
      ],
      true,
    );
  pen.fill(flame(1), '#ffb340');
  pen.fill(flame(0.5), '#fffbe4');
  lathe(pen, { profile, color: '#ffffff', finish: 'glazed', opacity: 0.1 });
}
