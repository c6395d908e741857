import { levelPlane, turned } from './blocks.ts';
import { folded, knit } from './cloth.ts';
import { castShadow, wallShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, ellipse, type Pen, type Point, pairs, roundedRect } from './pen.ts';
import { fold, form, tube } from './soft.ts';
import { blend, lightnessOf, shade } from './tint.ts';

/** The right half of each outline, from the collar around to the hem; the left half mirrors it. */
const TEE: readonly Point[] = pairs([
  78, 262, 78, 262, 150, 282, 218, 312, 352, 470, 352, 470, 258, 540, 258, 540, 214, 486, 214, 486, 212, 640, 222, 940,
  222, 940, 110, 952,
]);
const LONG: readonly Point[] = pairs([
  70, 250, 70, 250, 170, 284, 222, 320, 284, 560, 330, 850, 330, 850, 244, 868, 244, 868, 206, 580, 206, 580, 208, 760,
  216, 960, 216, 960, 110, 972,
]);
const KNITTED: readonly Point[] = pairs([
  84, 262, 84, 262, 180, 290, 244, 340, 310, 560, 340, 800, 340, 800, 246, 826, 246, 826, 214, 590, 214, 590, 226, 760,
  220, 930, 220, 930, 110, 936,
]);

const tee: Draw = (pen, { color, accent = shade(color, -0.24) }) => {
  const body = garment(pen, TEE, 300, color);
  pen.within(body, () => creases(pen, color));
  collar(pen, pairs([-82, 260, -56, 316, 0, 340, 56, 316, 82, 260]), color, accent);
  pen.stroke('M824 940Q600 966 376 940', shade(color, -0.5), 3, 0.4);
};

const buttoned: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  const body = garment(pen, LONG, 330, color);
  pen.within(body, () => {
    creases(pen, color);
    pen.fill(
      roundedRect(574, 300, 52, 700, 0),
      pen.linear(
        [574, 0],
        [626, 0],
        [
          [0, shade(color, 0.22)],
          [0.8, shade(color, 0.04)],
          [1, shade(color, -0.4)],
        ],
      ),
    );
    for (const x of [-1, 1])
      pen.fill(
        curve(
          mirror(
            pairs([235, 800, 340, 785, 350, 880, 240, 890]).map(([px, py]) => [px!, py!] as const),
            x,
          ),
          true,
        ),
        shade(color, -0.1),
        0.8,
      );
  });
  for (let i = 0; i < 6; i++) button(pen, [600, 380 + i * 100], accent);
  const pocket = 'M668 470H772V566L720 592L668 566Z';
  pen.placed([1, 0, 0, 1, 5, 7], () => pen.fill(pocket, shade(color, -0.6), 0.35));
  pen.fill(
    pocket,
    pen.spread(
      [0, 0],
      [1, 1],
      [
        [0, shade(color, 0.16)],
        [1, shade(color, -0.12)],
      ],
    ),
  );
  for (const x of [-1, 1]) {
    const flap = curve(
      mirror(pairs([6, 336, 6, 336, 40, 286, 74, 236, 74, 236, 112, 300, 90, 380, 90, 380, 6, 336]), x),
    );
    pen.placed([1, 0, 0, 1, 6, 9], () => pen.fill(flap, shade(color, -0.65), 0.35));
    pen.fill(flap, shade(color, x < 0 ? 0.24 : 0.06));
  }
};

const sweater: Draw = (pen, { color, accent = shade(color, lightnessOf(color) > 0.6 ? -0.3 : 0.5) }) => {
  const body = garment(pen, KNITTED, 310, color);
  pen.within(body, () => {
    knit(pen, { x: 240, y: 250, width: 720, height: 720 }, color, 24);
    for (const [y, tall, tone] of [
      [430, 30, accent],
      [484, 14, accent],
      [520, 30, blend(color, accent, 0.5)],
    ] as const)
      pen.fill(`M380 ${y}Q600 ${y + 30} 820 ${y}V${y + tall}Q600 ${y + 30 + tall} 380 ${y + tall}Z`, tone, 0.85);
    for (let x = 372; x < 830; x += 16) pen.stroke(`M${x} 884V950`, shade(color, -0.6), 5, 0.4);
    creases(pen, color);
  });
  collar(pen, pairs([-90, 262, -60, 320, 0, 340, 60, 320, 90, 262]), color, shade(color, -0.16), 34);
};

const laid: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  pen.floor = 760;
  const turn = 18;
  castShadow(pen, { rx: 300, ry: 330, tall: 120 });
  const top = folded(pen, { width: 500, depth: 620, layers: 3, thick: 42, turn, color });
  pen.placed(levelPlane(pen, [0, 0], top, turn), () => {
    pen.fill(roundedRect(-26, -300, 52, 606, 4), shade(color, 0.3), 0.8);
    pen.stroke('M28 -300V306', shade(color, -0.6), 5, 0.45);
    for (let i = 0; i < 5; i++) button(pen, [0, -130 + i * 100], accent);
    pen.fill(roundedRect(84, -100, 110, 130, 8), shade(color, -0.14), 0.6);
    pen.stroke('M84 -92H194', shade(color, 0.5), 5, 0.6);
  });
  const [x, y] = pen.at(...turned(0, -230, turn), top);
  pen.fill(ellipse([x, y - 8], 104, 36), shade(color, -0.55));
  pen.fill(ellipse([x, y - 22], 96, 30), shade(color, -0.2));
  for (const side of [-1, 1]) {
    const flap = curve([
      [x, y + 34],
      [x, y + 34],
      [x + side * 70, y - 44],
      [x + side * 106, y - 34],
      [x + side * 106, y - 34],
      [x + side * 120, y + 22],
      [x + side * 84, y + 64],
      [x + side * 84, y + 64],
      [x, y + 34],
    ]);
    pen.placed([1, 0, 0, 1, 5, 8], () => pen.fill(flap, shade(color, -0.65), 0.35));
    pen.fill(
      flap,
      pen.spread(
        [0, 0],
        [1, 1],
        [
          [0, shade(color, side < 0 ? 0.34 : 0.16)],
          [1, shade(color, side < 0 ? 0.08 : -0.12)],
        ],
      ),
    );
  }
};

export const shirt: Shapes = [tee, buttoned, sweater, laid];

function mirror(points: readonly Point[], side: number): Point[] {
  return points.map(([x, y]): Point => [600 + side * x, y]);
}

/** A hanger, the inside of the back below the collar, and the garment itself; answers its outline. */
function garment(pen: Pen, half: readonly Point[], neck: number, color: string): string {
  const outline = curve([...mirror(half, 1), ...mirror([...half].reverse(), -1)], true);
  wallShadow(pen, outline, 26);
  tube(pen, 'M600 262V226C600 190 650 196 644 160C638 128 592 132 592 160', 10, MATERIAL.steel, 'metal');
  tube(pen, 'M420 336Q560 260 600 256Q640 260 780 336', 24, MATERIAL.wood);
  form(pen, outline, color, 54, 0.7);
  pen.fill(ellipse([600, 262], 82, (neck - 262) * 0.9), shade(color, -0.5));
  return outline;
}

function collar(pen: Pen, points: readonly Point[], color: string, band: string, width = 22): void {
  const line = curve(points.map(([x, y]): Point => [600 + x, y]));
  pen.fill(`${line}Q600 250 518 260Z`, shade(color, -0.52));
  pen.fill('M520 260Q600 292 680 260Q600 240 520 260Z', shade(color, -0.3));
  pen.stroke(line, shade(band, -0.25), width + 5, 0.6);
  pen.stroke(line, band, width);
  pen.stroke(line, shade(band, 0.5), width * 0.25, 0.4);
}

function creases(pen: Pen, color: string): void {
  fold(pen, pairs([396, 500, 420, 700, 404, 940]), color, 40, 0.8);
  fold(pen, pairs([520, 560, 500, 760, 520, 960]), color, 44, 0.6);
  fold(pen, pairs([690, 540, 712, 760, 694, 960]), color, 44, 0.7);
  fold(pen, pairs([804, 480, 770, 560, 776, 700]), color, 36, 0.9);
  fold(pen, pairs([396, 480, 450, 540, 470, 620]), color, 30, 0.7);
}

function button(pen: Pen, [x, y]: Point, color: string): void {
  pen.fill(ellipse([x + 2, y + 4], 12, 12), '#000000', 0.25);
  pen.fill(ellipse([x, y], 11, 11), shade(color, 0.1));
  pen.fill(ellipse([x + 1, y + 1], 7, 7), shade(color, -0.16));
}
