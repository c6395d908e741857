import { castShadow, shadowColor } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, ellipse, type Pen, type Point, pairs } from './pen.ts';
import { fold, form } from './soft.ts';
import { lightnessOf, shade } from './tint.ts';

type One = (pen: Pen, color: string, accent: string) => void;

const sneaker: One = (pen, color, accent) => {
  sole(
    pen,
    pairs([216, 800, 216, 800, 210, 850, 240, 872, 600, 876, 920, 872, 984, 850, 990, 800, 990, 800, 700, 790]),
    accent,
    40,
  );
  const upper = curve(
    pairs([
      222, 806, 222, 806, 212, 700, 240, 560, 240, 560, 300, 530, 380, 540, 450, 566, 450, 566, 540, 640, 700, 700, 880,
      720, 966, 760, 986, 808, 986, 808, 600, 812,
    ]),
    true,
  );
  form(pen, upper, color, 70, 0.9);
  opening(pen, [342, 552], 104, 26, color);
  pen.within(upper, () => {
    form(pen, curve(pairs([820, 700, 800, 760, 830, 820, 1000, 830, 1010, 700]), true), accent, 40, 0.6);
    form(pen, curve(pairs([200, 640, 280, 660, 300, 740, 280, 820, 180, 820]), true), shade(color, -0.22), 30, 0.6);
    form(
      pen,
      curve(pairs([430, 556, 500, 610, 640, 690, 640, 690, 560, 740, 420, 650]), true),
      shade(color, 0.14),
      26,
      0.6,
    );
    pen.stroke('M330 812C380 740 480 730 560 812', shade(accent, -0.06), 26, 0.95);
  });
  for (let i = 0; i < 5; i++) {
    const [x, y] = [448 + i * 44, 578 + i * 31];
    pen.stroke(`M${x} ${y + 46}L${x + 46} ${y - 10}`, shade(MATERIAL.paper, -0.3), 17);
    pen.stroke(`M${x} ${y + 44}L${x + 45} ${y - 12}`, MATERIAL.paper, 13);
  }
};

const boot: One = (pen, color, accent) => {
  sole(
    pen,
    pairs([
      246, 806, 246, 806, 246, 876, 246, 876, 440, 876, 440, 876, 450, 850, 560, 850, 580, 874, 860, 876, 950, 860, 956,
      812, 956, 812,
    ]),
    accent,
    24,
  );
  const upper = curve(
    pairs([
      250, 816, 250, 816, 252, 640, 270, 380, 270, 380, 400, 366, 520, 380, 520, 380, 524, 500, 560, 600, 700, 660, 860,
      700, 946, 760, 954, 818, 954, 818, 600, 822,
    ]),
    true,
  );
  form(pen, upper, color, 86, 1.1);
  opening(pen, [396, 380], 124, 24, color);
  pen.within(upper, () => {
    const gore = curve(pairs([390, 370, 370, 520, 400, 660, 440, 670, 480, 640, 500, 500, 500, 370]), true);
    pen.fill(gore, shade(color, -0.5));
    for (let x = 372; x < 510; x += 12) pen.stroke(`M${x} 380V670`, shade(color, -0.1), 3, 0.4);
    fold(pen, pairs([560, 600, 520, 680, 500, 700]), color, 22);
    fold(pen, pairs([640, 640, 610, 700, 600, 730]), color, 20);
    fold(pen, pairs([250, 700, 360, 720, 420, 830]), color, 18);
  });
  pen.stroke('M264 440C236 330 300 320 306 400', shade(color, -0.3), 18);
};

const espadrille: One = (pen, color, accent) => {
  sole(
    pen,
    pairs([210, 812, 210, 812, 214, 872, 300, 880, 620, 880, 900, 880, 980, 866, 986, 812, 986, 812]),
    accent,
    20,
  );
  for (let i = 0; i < 44; i++) pen.stroke(`M${222 + i * 17.4} 826l10 42`, shade(accent, i % 2 ? -0.4 : 0.4), 5, 0.55);
  const upper = curve(
    pairs([
      214, 820, 214, 820, 212, 740, 236, 672, 236, 672, 330, 700, 470, 712, 560, 680, 560, 680, 700, 680, 880, 720, 970,
      770, 984, 824, 984, 824, 600, 830,
    ]),
    true,
  );
  form(pen, upper, color, 64, 0.7);
  pen.fill(curve(pairs([238, 674, 330, 700, 470, 712, 556, 682, 440, 668, 320, 660]), true), shade(color, -0.6));
  pen.within(upper, () => {
    for (let i = 0; i < 34; i++) pen.stroke(`M${180 + i * 26} 660l60 180`, shade(color, 0.5), 2, 0.25);
    fold(pen, pairs([560, 682, 600, 760, 590, 830]), color, 18);
  });
  pen.stroke(curve(pairs([236, 674, 330, 700, 470, 713, 560, 681])), shade(color, 0.4), 8, 0.7);
};

const sandal: One = (pen, color, accent) => {
  const strap = (points: readonly Point[], width: number) => {
    pen.placed([1, 0, 0, 1, 5, 9], () => pen.stroke(curve(points), shade(color, -0.75), width, 0.3, 'butt'));
    pen.stroke(
      curve(points),
      pen.spread(
        [0, 0],
        [1, 1],
        [
          [0, shade(color, 0.24)],
          [0.5, color],
          [1, shade(color, -0.3)],
        ],
      ),
      width,
      1,
      'butt',
    );
    pen.placed([1, 0, 0, 1, -width * 0.3, -width * 0.18], () =>
      pen.stroke(curve(points), shade(color, 0.7), 3, 0.6, 'butt'),
    );
  };
  strap(pairs([330, 800, 300, 620, 380, 560, 470, 620, 450, 780]), 40);
  sole(
    pen,
    pairs([
      216, 800, 216, 800, 206, 850, 240, 876, 600, 880, 900, 876, 984, 850, 970, 800, 970, 800, 760, 780, 560, 812, 340,
      784,
    ]),
    accent,
    30,
  );
  pen.fill(
    curve(pairs([222, 798, 340, 782, 560, 810, 760, 778, 966, 798, 800, 812, 560, 836, 340, 812]), true),
    shade(color, -0.1),
  );
  strap(pairs([270, 820, 270, 690, 340, 640, 430, 690, 540, 820]), 46);
  strap(pairs([640, 836, 660, 720, 740, 680, 820, 720, 900, 826]), 74);
  strap(pairs([470, 700, 560, 700, 700, 690]), 36);
  pen.fill(ellipse([352, 648], 25, 25), shade(MATERIAL.brass, -0.3));
  pen.stroke(ellipse([350, 645], 20, 20), MATERIAL.brass, 10);
  pen.stroke('M350 645l22 -10', shade(MATERIAL.brass, 0.5), 7);
};

export const shoe: Shapes = [
  pair(sneaker, MATERIAL.cream),
  pair(boot, '#3d302a'),
  pair(espadrille, MATERIAL.straw),
  pair(sandal, '#a97c50'),
];

/** The second shoe stands behind the first and half a step ahead. */
function pair(one: One, sole: string): Draw {
  return (pen, { color, accent = sole }) => {
    pen.floor = 850;
    castShadow(pen, { x: 20, y: -60, rx: 430, ry: 200, tall: 120 });
    pen.placed([0.92, 0, 0, 0.92, 150, -20], () =>
      one(pen, shade(color, lightnessOf(color) > 0.4 ? -0.16 : -0.1), shade(accent, -0.12)),
    );
    const dark = shadowColor(pen);
    pen.fill(
      ellipse([570, 896], 470, 44),
      pen.radial([570, 896], 470, 44, [
        [0, dark, 0.5],
        [0.6, dark, 0.34],
        [1, dark, 0],
      ]),
    );
    pen.placed([1, 0, 0, 1, -50, 26], () => one(pen, color, accent));
  };
}

function sole(pen: Pen, points: readonly Point[], color: string, depth: number): void {
  form(pen, curve(points, true), color, depth, 0.8);
}

function opening(pen: Pen, [x, y]: Point, rx: number, ry: number, color: string): void {
  pen.fill(ellipse([x, y], rx, ry), shade(color, 0.2));
  pen.fill(ellipse([x + 2, y + 3], rx - 12, ry - 7), shade(color, -0.66));
}
