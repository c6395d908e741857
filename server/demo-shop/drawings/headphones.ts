import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, ellipse, type Pen, type Point, pairs, roundedRect } from './pen.ts';
import { ball, form, tube } from './soft.ts';
import { disk, lathe } from './solids.ts';
import { shade } from './tint.ts';

const studio: Draw = (pen, { color, accent = MATERIAL.ink }) => {
  pen.floor = 950;
  castShadow(pen, { rx: 330, ry: 110, tall: 480 });
  band(pen, pairs([330, 760, 300, 520, 400, 300, 600, 226, 800, 300, 900, 520, 870, 760]), 62, color, accent);
  for (const side of [-1, 1]) {
    const x = 600 + side * 270;
    pen.placed([1, side * 0.05, 0, 1, 0, -side * 0.05 * x], () => {
      form(pen, roundedRect(x - (side < 0 ? 10 : 104), 620, 114, 320, 56), accent, 50, 0.8);
      form(pen, roundedRect(x - (side < 0 ? 92 : 6), 606, 98, 348, 50), color, 56, 1.1);
      const cap = x + side * 58;
      pen.fill(roundedRect(cap - 14, 690, 28, 180, 14), shade(color, side < 0 ? 0.3 : -0.36), 0.8);
    });
  }
};

const retro: Draw = (pen, { color, accent = MATERIAL.steel }) => {
  pen.floor = 960;
  castShadow(pen, { rx: 300, ry: 120, tall: 400 });
  tube(pen, curve(pairs([350, 780, 330, 520, 420, 300, 600, 220, 780, 300, 870, 520, 850, 780])), 26, accent, 'metal');
  tube(pen, curve(pairs([440, 330, 600, 246, 760, 330])), 54, MATERIAL.ink);
  for (const side of [-1, 1]) {
    const x = 600 + side * 246;
    tube(pen, `M${x} 640V760`, 22, accent, 'metal');
    const pad: Point = [x - side * 30, 836];
    pen.fill(ellipse(pad, 76, 124), shade(color, -0.5));
    form(pen, ellipse([x - side * 14, 836], 80, 122), color, 60, 0.9);
    for (let i = 0; i < 40; i++) {
      const reach = Math.sqrt(i / 40);
      pen.fill(
        ellipse([x - side * 14 + Math.cos(i * 2.4) * 66 * reach, 836 + Math.sin(i * 2.4) * 104 * reach], 5, 6),
        shade(color, -0.6),
        0.4,
      );
    }
    form(pen, ellipse([x + side * 24, 836], 34, 66), accent, 26, 1);
  }
};

const buds: Draw = (pen, { color, accent = MATERIAL.paper }) => {
  pen.floor = 860;
  castShadow(pen, { rx: 290, ry: 190, tall: 240 });
  form(
    pen,
    curve(pairs([320, 640, 330, 500, 420, 430, 600, 416, 780, 430, 870, 500, 880, 640, 600, 690]), true),
    shade(color, -0.05),
    70,
    1.1,
  );
  pen.fill(
    curve(pairs([356, 632, 370, 530, 440, 474, 600, 460, 760, 474, 830, 530, 844, 632, 600, 690]), true),
    shade(color, -0.5),
  );
  form(
    pen,
    curve(
      pairs([
        310, 660, 320, 640, 600, 612, 880, 640, 890, 660, 900, 780, 850, 890, 720, 930, 480, 930, 350, 890, 300, 780,
      ]),
      true,
    ),
    color,
    100,
    1.2,
  );
  pen.fill(curve(pairs([330, 654, 600, 626, 870, 654, 600, 700]), true), shade(color, -0.56));
  for (const side of [-1, 1]) {
    const x = 600 + side * 130;
    form(pen, roundedRect(x - 26 + side * 6, 560, 52, 120, 24), accent, 30, 0.8);
    ball(pen, [x, 560], 74, accent, 'glazed');
    pen.fill(ellipse([x + side * 34, 540], 16, 26), shade(accent, -0.55));
    pen.fill(
      curve(
        [
          [x - 80, 672],
          [x, 664],
          [x + 80, 672],
          [x + 70, 720],
          [x - 70, 720],
        ],
        true,
      ),
      shade(color, -0.02),
    );
  }
  form(
    pen,
    curve(
      pairs([
        310, 700, 330, 684, 600, 722, 870, 684, 890, 700, 900, 790, 850, 890, 720, 930, 480, 930, 350, 890, 300, 790,
      ]),
      true,
    ),
    color,
    90,
    1,
  );
  pen.fill(ellipse([600, 800], 9, 9), '#e8b84a');
};

const stand: Draw = (pen, { color, accent = MATERIAL.wood }) => {
  pen.floor = 950;
  castShadow(pen, { rx: 200, tall: 560 });
  lathe(pen, { profile: pairs([190, 36, 200, 26, 200, 0]), color: accent });
  disk(pen, 190, 36, accent);
  lathe(pen, { profile: pairs([20, 660, 20, 660, 24, 36]), color: accent });
  tube(pen, curve(pairs([470, 330, 540, 290, 660, 290, 730, 330])), 50, accent);
  band(pen, pairs([410, 660, 396, 480, 460, 310, 600, 250, 740, 310, 804, 480, 790, 660]), 46, color, MATERIAL.ink);
  for (const side of [-1, 1]) {
    const x = 600 + side * 196;
    form(pen, ellipse([x - side * 44, 680], 58, 112), MATERIAL.ink, 40, 0.8);
    form(pen, ellipse([x, 680], 74, 126), color, 60, 1.1);
    form(pen, ellipse([x + side * 20, 680], 40, 74), shade(color, -0.2), 34, 1);
  }
  tube(pen, curve(pairs([410, 800, 400, 900, 470, 980, 620, 1020, 760, 1000])), 9, MATERIAL.ink);
};

export const headphones: Shapes = [studio, retro, buds, stand];

/** A padded headband: the outer shell over a softer lining. */
function band(pen: Pen, points: readonly Point[], width: number, color: string, lining: string): void {
  const path = curve(points);
  pen.placed([0.93, 0, 0, 0.96, 42, 40], () => tube(pen, path, width * 0.8, lining));
  tube(pen, path, width, color);
  for (const [x, y] of [points[1]!, points.at(-2)!])
    pen.fill(ellipse([x, y], width * 0.16, width * 0.16), shade(MATERIAL.steel, 0.3));
}
