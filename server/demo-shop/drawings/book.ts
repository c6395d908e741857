import { extrude, levelPlane, plan, sidePlane, turned } from './blocks.ts';
import { castShadow, shadowColor } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, ellipse, type Pen, type Point, pairs, polygon, roundedRect } from './pen.ts';
import { lightnessOf, shade } from './tint.ts';

const upright: Draw = (pen, { color, accent = gilt(color) }) => {
  pen.floor = 950;
  const turn = 26;
  castShadow(pen, { rx: 260, ry: 120, tall: 560 });
  const [width, depth, height] = [460, 120, 660];
  extrude(pen, { plan: plan(width, depth, 6, turn), from: 0, to: height, color });
  const pages = plan(width - 26, depth - 34, 2, turn).map(([x, y]) => pen.at(x + 6, y, height));
  pen.fill(polygon(pages), shade(MATERIAL.paper, -0.16));
  for (let i = 1; i < 8; i++) {
    const y = -43 + i * 11;
    pen.stroke(
      polygon([pen.at(...turned(-210, y, turn), height), pen.at(...turned(222, y, turn), height)], true),
      shade(MATERIAL.paper, -0.45),
      2,
      0.5,
    );
  }
  pen.placed(sidePlane(pen, turned(-width / 2, depth / 2, turn), 0, turn), () => {
    pen.fill(roundedRect(0, 0, 44, height, 0), shade(color, -0.3), 0.55);
    cover(pen, 72, width - 28, height, accent);
  });
  pen.placed(sidePlane(pen, turned(width / 2, depth / 2, turn), 0, turn - 90), () => {
    for (let i = 1; i < 9; i++)
      pen.stroke(`M${14 + i * 10} 8V${height - 8}`, shade(MATERIAL.paper, i % 2 ? -0.34 : -0.18), 10);
  });
};

const stack: Draw = (pen, { color, accent = gilt(color) }) => {
  pen.floor = 820;
  castShadow(pen, { rx: 340, ry: 260, tall: 340 });
  const books = [
    { tone: shade(color, -0.28), width: 560, depth: 420, thick: 96, turn: 14, from: 0 },
    { tone: MATERIAL.cream, width: 500, depth: 380, thick: 76, turn: 26, from: 96 },
    { tone: color, width: 470, depth: 350, thick: 110, turn: 8, from: 172 },
  ];
  for (const { tone, width, depth, thick, turn, from } of books) {
    lyingBook(pen, { color: tone, width, depth, thick, turn, from });
    pen.placed(sidePlane(pen, turned(-width / 2, depth / 2, turn), from, turn), () => {
      const mark = tone === MATERIAL.cream && lightnessOf(color) <= 0.72 ? color : accent;
      for (const at of [0.1, 0.13, 0.84, 0.87]) pen.fill(roundedRect(width * at, 0, 7, thick, 0), mark);
      pen.fill(roundedRect(width * 0.28, thick / 2 - 12, width * 0.4, 22, 4), mark, 0.9);
    });
  }
  const last = books[2]!;
  pen.placed(levelPlane(pen, [0, 0], 282, last.turn), () => frame(pen, last.width, last.depth, accent));
};

const open: Draw = (pen, { color, accent = lightnessOf(color) > 0.8 ? '#b8483a' : color }) => {
  pen.floor = 820;
  castShadow(pen, { rx: 440, ry: 270, tall: 70 });
  pen.fill(
    curve(
      pairs([
        104, 816, 104, 816, 200, 606, 600, 676, 1000, 606, 1000, 606, 1096, 816, 1096, 896, 1096, 896, 780, 910, 600,
        944, 420, 910, 104, 896, 104, 896,
      ]),
      true,
    ),
    shade(color, -0.1),
  );
  pen.stroke('M104 896C330 896 480 912 600 946C720 912 870 896 1096 896', shade(color, -0.5), 16);
  for (const side of [-1, 1]) {
    const x = (at: number) => 600 + side * at;
    for (let leaf = 4; leaf >= 0; leaf--) {
      const lift = 40 - leaf * 9;
      const page = curve(
        [
          [x(0), 660 - lift * 0.3],
          [x(0), 660 - lift * 0.3],
          [x(110), 610 - lift],
          [x(370), 622 - lift * 0.6],
          [x(370), 622 - lift * 0.6],
          [x(454 + leaf * 4), 820 - lift * 0.4],
          [x(454 + leaf * 4), 820 - lift * 0.4],
          [x(180), 838 - lift],
          [x(0), 900 - lift * 0.2],
          [x(0), 900 - lift * 0.2],
        ],
        true,
      );
      const paper = MATERIAL.paper;
      const [near, far] = side < 0 ? [-0.34, 0.1] : [-0.02, -0.12];
      pen.fill(
        page,
        leaf === 0
          ? pen.linear(
              [600, 0],
              [x(460), 0],
              [
                [0, shade(paper, near)],
                [0.2, shade(paper, side < 0 ? -0.04 : 0.3)],
                [0.6, shade(paper, 0.2)],
                [1, shade(paper, far)],
              ],
            )
          : shade(paper, leaf % 2 ? -0.28 : -0.12),
      );
    }
    if (side < 0)
      pen.fill(
        curve(
          [
            [254, 590],
            [300, 580],
            [344, 586],
            [330, 634],
            [286, 628],
            [240, 636],
          ],
          true,
        ),
        accent,
      );
    else pen.stroke('M700 596Q780 572 930 602', accent, 16);
    for (let line = side < 0 ? 2 : 1; line < 9; line++) {
      const t = line / 9;
      const [from, to] = [x(60 + t * 6), x(350 + t * 56 - (line % 4 === 3 ? 120 : 0))];
      const y = 616 + t * 190;
      pen.stroke(`M${from} ${y + 8}Q${x(180)} ${y - 26} ${to} ${y - 6 + t * 6}`, MATERIAL.ink, 5, 0.34);
    }
  }
  pen.stroke('M604 640C610 760 596 860 612 920C620 980 590 1000 600 1040', shade(accent, -0.2), 18);
  pen.stroke('M602 640C608 760 594 860 610 920C618 980 588 1000 598 1040', accent, 12);
};

const slipcase: Draw = (pen, { color, accent = gilt(color) }) => {
  pen.floor = 930;
  const turn = -24;
  castShadow(pen, { rx: 300, ry: 190, tall: 480 });
  const tones = [color, shade(color, -0.24), MATERIAL.cream, shade(color, 0.3)];
  for (const [i, tone] of [...tones.entries()].reverse()) {
    const height = [560, 600, 530, 580][i]!;
    const [x, y] = turned(-168 + i * 112, 0, turn);
    extrude(pen, { plan: plan(106, 380, 14, turn, x, y), from: 0, to: height, color: tone, top: tone });
    const pages = plan(76, 372, 2, turn, x, y - 6).map(([px, py]) => pen.at(px, py, height));
    pen.fill(polygon(pages), shade(MATERIAL.paper, -0.12));
    pen.placed(sidePlane(pen, turned(-168 + i * 112 - 53, 190, turn), 0, turn), () => {
      const mark = lightnessOf(tone) > 0.75 ? (lightnessOf(color) > 0.72 ? MATERIAL.ink : color) : accent;
      for (const at of [50, 66, height - 66, height - 82]) pen.fill(roundedRect(3, at, 100, 7, 0), mark);
      pen.fill(roundedRect(38, height * 0.42, 30, height * 0.36, 4), mark);
      pen.fill(ellipse([53, height * 0.27], 20, 20), mark);
    });
  }
  pen.fill(
    polygon([
      pen.at(...turned(-222, 192, turn), 0),
      pen.at(...turned(226, 192, turn), 0),
      pen.at(...turned(226, 192, turn), 16),
      pen.at(...turned(-222, 192, turn), 16),
    ]),
    shadowColor(pen),
    0.3,
  );
};

export const book: Shapes = [upright, stack, smaller(open), slipcase];

/** Wide things step back a little to keep air around them. */
function smaller(draw: Draw): Draw {
  return (pen, look) => pen.placed([0.88, 0, 0, 0.88, 72, 84], () => draw(pen, look));
}

/** A closed book on its back: two boards and the pages between them. */
function lyingBook(
  pen: Pen,
  at: { color: string; width: number; depth: number; thick: number; turn: number; from: number },
): void {
  const { color, width, depth, thick, turn, from } = at;
  extrude(pen, { plan: plan(width, depth, 6, turn), from, to: from + 12, color });
  extrude(pen, {
    plan: plan(width - 20, depth - 8, 2, turn),
    from: from + 12,
    to: from + thick - 12,
    color: shade(MATERIAL.paper, -0.14),
    edge: 0,
  });
  const [sx, sy] = turned(0, depth / 2 - 8, turn);
  extrude(pen, { plan: plan(width, 18, 4, turn, sx, sy), from, to: from + thick, color, edge: 0 });
  extrude(pen, { plan: plan(width, depth, 6, turn), from: from + thick - 12, to: from + thick, color });
}

function cover(pen: Pen, left: number, right: number, height: number, accent: string): void {
  const middle: Point = [(left + right) / 2, height * 0.56];
  pen.stroke(roundedRect(left, 34, right - left, height - 68, 6), accent, 5);
  pen.fill(ellipse(middle, 104, 104), accent);
  pen.fill(roundedRect(middle[0] - 110, height - 132, 220, 24, 4), accent);
  pen.fill(roundedRect(middle[0] - 70, height - 176, 140, 16, 4), accent, 0.8);
  pen.fill(roundedRect(middle[0] - 60, 76, 120, 16, 4), accent, 0.8);
}

function frame(pen: Pen, width: number, depth: number, accent: string): void {
  pen.stroke(roundedRect(-width / 2 + 34, -depth / 2 + 30, width - 68, depth - 60, 4), accent, 6);
  pen.fill(polygon(pairs([0, -80, 90, 0, 0, 80, -90, 0])), accent);
}

function gilt(color: string): string {
  return lightnessOf(color) > 0.72 ? MATERIAL.ink : '#e3c27a';
}
