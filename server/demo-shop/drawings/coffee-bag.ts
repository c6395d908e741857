import { castShadow, contact } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, ellipse, type Pen, type Point, pairs, polygon, roundedRect } from './pen.ts';
import { fold, form, tube } from './soft.ts';
import { lightnessOf, shade } from './tint.ts';

const flatBottom: Draw = (pen, { color, accent = MATERIAL.paper }) => {
  pen.floor = 950;
  castShadow(pen, { rx: 270, ry: 140, tall: 560 });
  contact(pen, pairs([372, 908, 720, 980, 846, 900, 500, 850]));
  const [face, side] = [
    curve(sharp(pairs([350, 330, 690, 372, 720, 980, 372, 908])), true),
    curve(sharp(pairs([690, 372, 800, 336, 846, 900, 720, 980])), true),
  ];
  form(pen, side, shade(color, -0.36), 30, 0.4);
  pen.within(side, () => fold(pen, pairs([742, 350, 760, 600, 790, 940]), shade(color, -0.3), 40, 1.2));
  form(pen, face, color, 70, 0.9);
  form(
    pen,
    curve(sharp(pairs([346, 336, 352, 252, 700, 290, 804, 262, 806, 342, 694, 376])), true),
    shade(color, -0.1),
    34,
    0.8,
  );
  pen.stroke('M354 300L700 338L802 306', shade(color, -0.6), 4, 0.5);
  tube(pen, 'M350 268L700 306L806 274', 20, accent);
  pen.placed([1, 0.13, 0.03, 1, 0, -70], () => label(pen, [380, 480], [280, 300], color, accent));
  valve(pen, [640, 432], color);
};

const tied: Draw = (pen, { color, accent = MATERIAL.paper }) => {
  pen.floor = 940;
  castShadow(pen, { rx: 270, ry: 130, tall: 480 });
  const neck = curve(
    pairs([
      486, 380, 440, 300, 420, 200, 500, 226, 560, 196, 640, 224, 700, 194, 780, 214, 760, 300, 716, 380, 600, 400,
    ]),
    true,
  );
  form(pen, neck, shade(color, -0.06), 50, 0.9);
  pen.within(neck, () => {
    for (const [a, b] of [
      [520, 470],
      [570, 550],
      [620, 640],
      [670, 720],
    ] as const)
      fold(
        pen,
        [
          [a + 16, 390],
          [b, 220],
        ],
        color,
        26,
        1,
      );
  });
  const body = curve(
    pairs([
      486, 380, 400, 450, 340, 600, 330, 800, 352, 950, 352, 950, 600, 976, 848, 950, 848, 950, 870, 800, 860, 600, 800,
      450, 716, 380, 600, 396,
    ]),
    true,
  );
  form(pen, body, color, 110, 0.9);
  pen.within(body, () => {
    for (const points of [
      pairs([520, 390, 450, 480, 420, 560]),
      pairs([570, 396, 540, 470, 520, 520]),
      pairs([660, 396, 690, 470, 700, 520]),
      pairs([700, 390, 760, 480, 790, 580]),
    ] as Point[][])
      fold(pen, points, color, 30, 1);
  });
  tube(pen, curve(pairs([478, 384, 600, 414, 724, 384])), 26, MATERIAL.straw);
  tube(pen, curve(pairs([600, 408, 540, 470, 556, 540])), 13, MATERIAL.straw);
  tube(pen, curve(pairs([604, 408, 664, 460, 652, 530])), 13, MATERIAL.straw);
  label(pen, [450, 600], [300, 280], color, accent);
};

const pouch: Draw = (pen, { color, accent = MATERIAL.paper }) => {
  pen.floor = 940;
  castShadow(pen, { rx: 270, ry: 120, tall: 540 });
  const body = curve(
    pairs([
      356, 250, 356, 250, 844, 250, 844, 250, 850, 420, 872, 700, 880, 900, 800, 970, 600, 990, 400, 970, 320, 900, 328,
      700, 350, 420,
    ]),
    true,
  );
  form(pen, body, color, 100, 1);
  pen.within(body, () => {
    pen.fill('M330 920Q600 840 870 920V1000H330Z', shade(color, -0.55), 0.4);
    pen.fill(roundedRect(330, 240, 540, 70, 0), shade(color, 0.2), 0.6);
    for (let i = 0; i < 42; i++) pen.stroke(`M${346 + i * 12} 254V304`, shade(color, -0.4), 3, 0.35);
    pen.stroke('M340 362H860', shade(color, -0.5), 7, 0.5);
    pen.stroke('M340 370H860', shade(color, 0.6), 4, 0.5);
    pen.fill(polygon(pairs([400, 240, 470, 240, 440, 1000, 360, 1000])), '#ffffff', 0.14);
    fold(pen, pairs([344, 420, 420, 520, 400, 640]), color, 30);
    fold(pen, pairs([858, 440, 790, 540, 806, 640]), color, 30);
  });
  label(pen, [440, 500], [320, 330], color, accent);
  valve(pen, [600, 430], color);
};

const rolled: Draw = (pen, { color, accent = lightnessOf(color) > 0.55 ? MATERIAL.ink : MATERIAL.cream }) => {
  pen.floor = 940;
  castShadow(pen, { rx: 260, ry: 140, tall: 480 });
  contact(pen, pairs([376, 906, 730, 970, 840, 896, 500, 850]));
  const face = curve(sharp(pairs([356, 410, 708, 448, 730, 970, 376, 906])), true);
  const side = curve(sharp(pairs([708, 448, 812, 414, 840, 896, 730, 970])), true);
  form(pen, side, shade(color, -0.34), 30, 0.4);
  form(pen, face, color, 60, 0.8);
  const top = curve(
    pairs([344, 330, 360, 296, 712, 336, 816, 300, 832, 330, 818, 420, 706, 458, 350, 418, 338, 380]),
    true,
  );
  form(pen, top, shade(color, 0.06), 60, 1);
  pen.stroke('M346 346L712 386L822 350', shade(color, -0.5), 5, 0.5);
  pen.stroke('M344 390L708 430L820 394', shade(color, -0.5), 4, 0.4);
  for (const [x, y, drop] of [[540, 318, 140]] as const) {
    pen.placed([1, 0.11, 0, 1, 0, -60], () => {
      form(pen, roundedRect(x - 34, y - 22, 68, drop, 10), MATERIAL.wood, 30, 1);
      pen.stroke(`M${x - 34} ${y + 66}h68`, MATERIAL.steel, 12);
    });
  }
  pen.placed([1, 0.16, 0.03, 1, 0, -80], () => {
    pen.fill(ellipse([528, 690], 120, 130), accent);
    bean(pen, [528, 690], 62, color);
    for (const y of [850, 876]) pen.stroke(`M460 ${y}H600`, accent, 10);
  });
};

export const coffeeBag: Shapes = [flatBottom, tied, pouch, rolled];

function sharp(points: readonly Point[]): Point[] {
  return points.flatMap((point): Point[] => [point, point]);
}

function label(pen: Pen, [x, y]: Point, [width, height]: Point, color: string, paper: string): void {
  pen.fill(roundedRect(x + 3, y + 5, width, height, 6), shade(color, -0.75), 0.3);
  pen.fill(
    roundedRect(x, y, width, height, 6),
    pen.spread(
      [0, 0],
      [1, 1],
      [
        [0, shade(paper, 0.3)],
        [1, shade(paper, -0.1)],
      ],
    ),
  );
  const middle = x + width / 2;
  pen.fill(roundedRect(x, y, width, 34, 6), shade(color, -0.3), 0.85);
  bean(pen, [middle, y + height * 0.42], height * 0.17, MATERIAL.darkWood);
  for (const [at, reach, tall] of [
    [0.68, 0.36, 14],
    [0.77, 0.26, 9],
    [0.86, 0.3, 9],
  ] as const)
    pen.stroke(`M${middle - width * reach} ${y + height * at}H${middle + width * reach}`, MATERIAL.ink, tall, 0.75);
}

function bean(pen: Pen, [x, y]: Point, size: number, color: string): void {
  pen.placed([0.86, 0.5, -0.5, 0.86, x, y], () => {
    form(pen, ellipse([0, 0], size * 0.78, size), color, size * 0.5, 1);
    pen.stroke(
      `M${size * 0.1} ${-size * 0.9}C${-size * 0.4} ${-size * 0.3} ${size * 0.4} ${size * 0.3} ${-size * 0.1} ${size * 0.9}`,
      shade(color, -0.65),
      size * 0.12,
    );
  });
}

function valve(pen: Pen, [x, y]: Point, color: string): void {
  pen.fill(ellipse([x + 2, y + 3], 24, 24), shade(color, -0.5), 0.7);
  pen.fill(ellipse([x, y], 22, 22), shade(color, 0.3));
  for (const [dx, dy] of [
    [0, 0],
    [-9, -5],
    [9, -5],
    [0, 10],
  ] as const)
    pen.fill(ellipse([x + dx, y + dy], 3, 3), shade(color, -0.7));
}
