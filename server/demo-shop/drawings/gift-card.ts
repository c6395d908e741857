import { extrude, levelPlane, plan, turned } from './blocks.ts';
import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { ellipse, type Pen, type Point, pairs, polygon, roundedRect } from './pen.ts';
import { lightnessOf, shade } from './tint.ts';

const [WIDTH, DEPTH] = [620, 560];

/** On its envelope, which is closed. */
const onEnvelope: Draw = (pen, { color, accent = ribbonOf(color) }) => {
  pen.floor = 760;
  castShadow(pen, { rx: 400, ry: 330, tall: 60 });
  envelope(pen, { turn: -14, from: 0 });
  card(pen, { turn: 10, from: 16, color, accent });
};

/** Three of them, like a hand of cards. */
const fanned: Draw = (pen, { color, accent = ribbonOf(color) }) => {
  pen.floor = 770;
  castShadow(pen, { rx: 420, ry: 330, tall: 60 });
  card(pen, { turn: -30, from: 0, color: shade(color, -0.3), accent });
  card(pen, { turn: -8, from: 14, color: shade(color, -0.12), accent });
  card(pen, { turn: 16, from: 28, color, accent });
};

/** Folded once, and standing like a tent. */
const standing: Draw = (pen, { color, accent = ribbonOf(color) }) => {
  pen.floor = 900;
  castShadow(pen, { rx: 330, ry: 220, tall: 380 });
  const at = (x: number, y: number, z: number): Point => pen.at(x, y, z);
  pen.fill(polygon([at(-280, -190, 0), at(280, -190, 0), at(280, 0, 420), at(-280, 0, 420)]), shade(color, -0.45));
  const front = polygon([at(-290, 190, 0), at(290, 190, 0), at(290, 0, 424), at(-290, 0, 424)]);
  pen.fill(
    front,
    pen.spread(
      [0, 0],
      [1, 1],
      [
        [0, shade(color, 0.24)],
        [0.5, color],
        [1, shade(color, -0.2)],
      ],
    ),
  );
  // The fold, and the edge it stands on.
  pen.stroke(polygon([at(-290, 0, 424), at(290, 0, 424)]), shade(color, 0.4), 6);
  pen.stroke(polygon([at(-290, 190, 0), at(290, 190, 0)]), shade(color, -0.5), 6);
  const [x, y] = at(0, 95, 0);
  pen.within(front, () =>
    pen.placed([1, 0, 0, 1, x, y - 200], () => pattern(pen, { width: 580, depth: 520, color, accent })),
  );
};

/** In a small stack, tied. */
const tied: Draw = (pen, { color, accent = ribbonOf(color) }) => {
  pen.floor = 790;
  castShadow(pen, { rx: 370, ry: 290, tall: 160 });
  const turn = -18;
  for (let i = 0; i < 6; i++)
    card(pen, { turn, from: i * 20, color: shade(color, i % 2 ? -0.18 : -0.06), accent, plain: i < 5 });
  const bow = pen.at(0, 0, 132);
  for (const side of [-1, 1])
    pen.fill(ellipse([bow[0] + side * 62, bow[1] - 22], 66, 34), shade(accent, side < 0 ? 0.18 : -0.14));
  pen.fill(ellipse([bow[0], bow[1] - 14], 26, 24), shade(accent, -0.3));
};

export const giftCard: Shapes = [onEnvelope, fanned, standing, tied];

interface Lying {
  readonly turn: number;
  readonly from: number;
}

function card(
  pen: Pen,
  { turn, from, color, accent, plain = false }: Lying & { color: string; accent: string; plain?: boolean },
): void {
  extrude(pen, { plan: plan(WIDTH, DEPTH, 26, turn), from, to: from + 14, color, edge: 0.4 });
  if (plain) return;
  pen.placed(levelPlane(pen, [0, 0], from + 14, turn), () =>
    pen.within(roundedRect(-WIDTH / 2, -DEPTH / 2, WIDTH, DEPTH, 26), () =>
      pattern(pen, { width: WIDTH, depth: DEPTH, color, accent }),
    ),
  );
}

/** A ribbon across, the star of the shop, and the line on which a name is written. */
function pattern(pen: Pen, of: { width: number; depth: number; color: string; accent: string }): void {
  const { width, depth, color, accent } = of;
  const left = -width / 2 + 96;
  pen.fill(roundedRect(left, -depth / 2 - 4, 54, depth + 8, 0), accent);
  pen.fill(roundedRect(left + 8, -depth / 2 - 4, 8, depth + 8, 0), shade(accent, 0.5), 0.6);
  pen.fill(roundedRect(-width / 2 - 4, -27, width + 8, 54, 0), accent);
  pen.fill(roundedRect(-width / 2 - 4, -20, width + 8, 8, 0), shade(accent, 0.5), 0.6);
  star(pen, [left + 27, 0], 78, shade(accent, -0.16));
  star(pen, [left + 27, 0], 52, shade(accent, 0.36));
  const ink = lightnessOf(color) > 0.7 ? MATERIAL.ink : MATERIAL.cream;
  pen.fill(roundedRect(width / 2 - 250, -depth / 2 + 54, 170, 26, 6), ink, 0.85);
  pen.stroke(`M${width / 2 - 250} ${depth / 2 - 62}H${width / 2 - 60}`, ink, 6, 0.6);
}

/** Eight points: two squares, one turned. */
function star(pen: Pen, [x, y]: Point, size: number, color: string): void {
  for (const turn of [0, 45]) {
    const corners = [0, 90, 180, 270].map((angle): Point => {
      const [dx, dy] = turned(size, 0, angle + turn);
      return [x + dx, y + dy];
    });
    pen.fill(polygon(corners), color);
  }
}

function envelope(pen: Pen, { turn, from }: Lying): void {
  const paper = shade(MATERIAL.paper, -0.06);
  extrude(pen, { plan: plan(740, 680, 8, turn), from, to: from + 16, color: paper, edge: 0.2 });
  pen.placed(levelPlane(pen, [0, 0], from + 16, turn), () => {
    pen.fill(polygon(pairs([-370, -340, 370, -340, 0, 60])), shade(paper, -0.12));
    pen.stroke(polygon(pairs([-370, -340, 0, 60, 370, -340]), true), shade(paper, -0.34), 5, 0.7);
    pen.stroke(polygon(pairs([-370, 340, -60, 6]), true), shade(paper, -0.3), 4, 0.5);
    pen.stroke(polygon(pairs([370, 340, 60, 6]), true), shade(paper, -0.3), 4, 0.5);
  });
}

function ribbonOf(color: string): string {
  return lightnessOf(color) > 0.7 ? '#a4343a' : '#e3c27a';
}
