import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, ellipse, type Pen, type Point, pairs, polygon, roundedRect } from './pen.ts';
import { fold, form, tube } from './soft.ts';
import { shade } from './tint.ts';

const tote: Draw = (pen, { color, accent = MATERIAL.leather }) => {
  pen.floor = 900;
  castShadow(pen, { rx: 300, ry: 110, tall: 520 });
  strap(
    pen,
    pairs([470, 420, 470, 420, 480, 260, 560, 190, 660, 190, 730, 260, 748, 420, 748, 420]),
    32,
    shade(accent, -0.3),
  );
  pen.fill(curve(pairs([330, 420, 600, 380, 870, 420, 600, 452]), true), shade(color, -0.6));
  const body = curve(
    pairs([
      322, 420, 322, 420, 600, 446, 878, 420, 878, 420, 890, 660, 870, 900, 870, 900, 600, 940, 330, 900, 330, 900, 310,
      660,
    ]),
    true,
  );
  form(pen, body, color, 76, 0.8);
  pen.within(body, () => {
    pen.fill('M300 780Q600 820 900 780V960H300Z', shade(accent, 0.02));
    pen.stroke('M300 780Q600 820 900 780', shade(accent, 0.5), 4, 0.5);
    fold(pen, pairs([420, 450, 440, 600, 410, 780]), color, 44, 0.8);
    fold(pen, pairs([770, 440, 750, 600, 790, 790]), color, 44, 0.8);
    pen.fill('M780 420Q860 700 840 960H900V400Z', shade(color, -0.7), 0.2);
  });
  strap(pen, pairs([440, 560, 440, 440, 460, 300, 540, 220, 650, 220, 740, 300, 760, 440, 760, 560]), 34, accent);
  for (const x of [440, 760]) rivet(pen, [x, 530]);
};

const backpack: Draw = (pen, { color, accent = MATERIAL.leather }) => {
  pen.floor = 930;
  castShadow(pen, { rx: 290, ry: 150, tall: 600 });
  strap(pen, pairs([860, 420, 930, 560, 920, 760, 850, 880]), 40, shade(color, -0.3));
  tube(pen, 'M540 230C540 160 660 160 660 230', 24, accent);
  const body = curve(
    pairs([
      330, 920, 330, 920, 300, 640, 330, 380, 430, 240, 600, 212, 770, 240, 870, 380, 900, 640, 870, 920, 870, 920, 600,
      950,
    ]),
    true,
  );
  form(pen, body, color, 110, 0.9);
  const pocket = curve(
    pairs([
      382, 930, 382, 930, 360, 800, 384, 690, 384, 690, 600, 712, 816, 690, 816, 690, 840, 800, 818, 930, 818, 930, 600,
      952,
    ]),
    true,
  );
  pen.placed([1, 0, 0, 1, 6, -8], () => pen.fill(pocket, shade(color, -0.7), 0.3));
  form(pen, pocket, shade(color, 0.04), 60, 0.9);
  const flap = curve(
    pairs([
      318, 470, 330, 360, 430, 232, 600, 206, 770, 232, 870, 360, 882, 470, 882, 470, 850, 600, 850, 600, 600, 626, 350,
      600, 350, 600,
    ]),
    true,
  );
  pen.placed([1, 0, 0, 1, 4, 16], () => pen.fill(flap, shade(color, -0.75), 0.4));
  form(pen, flap, shade(color, 0.06), 90, 1);
  for (const x of [470, 730]) buckle(pen, [x, 560], accent, 130);
  pen.fill(roundedRect(556, 800, 88, 56, 8), shade(accent, -0.1));
  pen.stroke('M572 828H628', shade(accent, 0.5), 5, 0.7);
};

const satchel: Draw = (pen, { color, accent = MATERIAL.brass }) => {
  pen.floor = 890;
  castShadow(pen, { rx: 370, ry: 130, tall: 400 });
  strap(pen, pairs([270, 520, 250, 330, 400, 190, 620, 170, 830, 230, 940, 380, 926, 540]), 34, shade(color, -0.2));
  const side = curve(pairs([880, 500, 880, 500, 948, 470, 948, 470, 960, 800, 890, 910, 890, 910]), true);
  form(pen, side, shade(color, -0.4), 30, 0.4);
  form(
    pen,
    curve(pairs([270, 500, 270, 500, 890, 500, 890, 500, 902, 880, 870, 916, 600, 924, 300, 916, 258, 880]), true),
    shade(color, -0.14),
    60,
    0.6,
  );
  const flap = curve(
    pairs([
      262, 500, 290, 470, 600, 462, 930, 466, 900, 500, 900, 500, 900, 700, 860, 752, 600, 764, 310, 752, 262, 700,
    ]),
    true,
  );
  pen.placed([1, 0, 0, 1, 4, 16], () => pen.fill(flap, shade(color, -0.8), 0.4));
  form(pen, flap, color, 64, 1);
  pen.stroke(
    curve(pairs([284, 520, 284, 690, 326, 730, 600, 742, 846, 730, 878, 690, 878, 520])),
    shade(color, 0.6),
    4,
    0.5,
  );
  for (const x of [420, 740]) buckle(pen, [x, 730], shade(color, -0.28), 150, accent);
};

const duffel: Draw = (pen, { color, accent = MATERIAL.leather }) => {
  pen.floor = 860;
  castShadow(pen, { rx: 420, ry: 170, tall: 320 });
  strap(pen, pairs([440, 560, 450, 400, 560, 330, 680, 340, 740, 420, 750, 540]), 30, shade(accent, -0.3));
  const body = curve(
    pairs([
      190, 800, 176, 640, 250, 530, 420, 490, 780, 490, 950, 530, 1024, 640, 1010, 800, 940, 896, 600, 916, 260, 896,
    ]),
    true,
  );
  form(pen, body, color, 120, 0.9);
  pen.within(body, () => {
    form(pen, curve(pairs([150, 500, 330, 480, 300, 690, 340, 930, 150, 930]), true), accent, 50, 0.7);
    form(pen, curve(pairs([1050, 500, 880, 480, 904, 690, 864, 930, 1050, 930]), true), shade(accent, -0.16), 50, 0.4);
    pen.stroke(curve(pairs([320, 546, 600, 528, 890, 546])), shade(color, -0.7), 18);
    pen.stroke(curve(pairs([320, 546, 600, 528, 890, 546])), MATERIAL.brass, 5);
    fold(pen, pairs([420, 600, 430, 740, 410, 900]), color, 40, 0.8);
    fold(pen, pairs([700, 590, 720, 740, 700, 900]), color, 40, 0.8);
  });
  for (const x of [440, 770])
    strap(
      pen,
      [
        [x, 912],
        [x - 4, 740],
        [x, 600],
      ],
      36,
      accent,
    );
  strap(pen, pairs([440, 610, 446, 480, 530, 380, 680, 380, 760, 480, 770, 610]), 34, accent);
  for (const x of [440, 770]) rivet(pen, [x, 640]);
  pen.fill(ellipse([334, 545], 10, 10), MATERIAL.brass);
  tube(pen, 'M334 548l-8 44', 10, accent);
};

export const bag: Shapes = [tote, backpack, satchel, duffel];

/** A flat leather band with a lit edge and stitches. */
function strap(pen: Pen, points: readonly Point[], width: number, color: string): void {
  const path = curve(points);
  pen.stroke(path, shade(color, -0.5), width, 1, 'butt');
  pen.placed([1, 0, 0, 1, -2, -2], () =>
    pen.stroke(
      path,
      pen.spread(
        [0, 0],
        [1, 1],
        [
          [0, shade(color, 0.2)],
          [0.5, color],
          [1, shade(color, -0.24)],
        ],
      ),
      width - 6,
      1,
      'butt',
    ),
  );
  pen.placed([1, 0, 0, 1, -width * 0.26, -2], () => pen.stroke(path, shade(color, 0.6), 3, 0.5, 'butt'));
}

function buckle(pen: Pen, [x, y]: Point, color: string, length: number, metal: string = MATERIAL.brass): void {
  const end = roundedRect(x - 22, y - length * 0.6, 44, length, 16);
  pen.placed([1, 0, 0, 1, 4, 8], () => pen.fill(end, shade(color, -0.85), 0.4));
  pen.fill(
    end,
    pen.spread(
      [0, 0],
      [1, 0],
      [
        [0, shade(color, 0.24)],
        [1, shade(color, -0.24)],
      ],
    ),
  );
  pen.stroke(roundedRect(x - 32, y - 26, 64, 50, 10), shade(metal, -0.35), 12);
  pen.stroke(roundedRect(x - 33, y - 28, 64, 50, 10), metal, 9);
  pen.stroke(
    polygon(
      [
        [x - 30, y - 30],
        [x + 20, y - 30],
      ],
      true,
    ),
    shade(metal, 0.7),
    4,
    0.9,
  );
  pen.stroke(`M${x} ${y - 22}v38`, shade(metal, -0.1), 6);
}

function rivet(pen: Pen, [x, y]: Point): void {
  pen.fill(ellipse([x + 2, y + 3], 11, 11), '#000000', 0.35);
  pen.fill(
    ellipse([x, y], 10, 10),
    pen.radial([x - 3, y - 4], 14, 14, [
      [0, shade(MATERIAL.brass, 0.7)],
      [1, shade(MATERIAL.brass, -0.4)],
    ]),
  );
}
