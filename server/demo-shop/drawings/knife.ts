import { wallShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, ellipse, type Pen, type Point, pairs, polygon, roundedRect } from './pen.ts';
import { form } from './soft.ts';
import { shade } from './tint.ts';

/** Knives lie on the ground like specimens, drawn level with the point to the right and then turned. */
function lying(draw: Draw, turn: number): Draw {
  return (pen, look) => {
    const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
    pen.placed([cos, sin, -sin, cos, 600 - 600 * cos + 620 * sin, 620 - 600 * sin - 620 * cos], () => draw(pen, look));
  };
}

const chef: Draw = (pen, { color, accent = MATERIAL.brass }) => {
  const edge = curve(
    pairs([
      470, 540, 470, 540, 700, 546, 900, 570, 1064, 622, 1064, 622, 960, 668, 760, 694, 520, 700, 470, 696, 470, 696,
    ]),
    true,
  );
  const grip = curve(
    pairs([
      476, 540, 476, 540, 400, 536, 300, 548, 200, 540, 140, 560, 136, 620, 176, 646, 260, 632, 380, 624, 460, 632, 476,
      640, 476, 640,
    ]),
    true,
  );
  wallShadow(pen, edge, 22);
  wallShadow(pen, grip, 22);
  blade(pen, edge, pairs([472, 664, 760, 662, 1060, 624]));
  handle(pen, grip, color, pairs([200, 590, 300, 588, 400, 582]), accent);
  pen.fill(
    roundedRect(462, 538, 24, 104, 4),
    pen.linear(
      [0, 538],
      [0, 642],
      [
        [0, shade(accent, 0.5)],
        [0.5, accent],
        [1, shade(accent, -0.4)],
      ],
    ),
  );
};

const bread: Draw = (pen, { color, accent = MATERIAL.steel }) => {
  const teeth = Array.from({ length: 29 }, (_, i): Point => [1062 - i * 21, i % 2 ? 672 : 658]);
  const edge = polygon([[450, 560], [1020, 560], [1064, 590], [1074, 640], ...teeth, [450, 664]]);
  const grip = curve(
    pairs([
      458, 556, 458, 556, 380, 552, 280, 562, 170, 548, 126, 578, 130, 640, 180, 664, 250, 644, 330, 652, 400, 644, 458,
      664, 458, 664,
    ]),
    true,
  );
  wallShadow(pen, edge, 22);
  wallShadow(pen, grip, 22);
  blade(pen, edge, [
    [452, 640],
    [1066, 636],
  ]);
  handle(
    pen,
    grip,
    color,
    [
      [200, 604],
      [390, 604],
    ],
    accent,
  );
};

const cleaver: Draw = (pen, { color, accent = MATERIAL.brass }) => {
  const edge = curve(
    pairs([
      470, 500, 470, 500, 1010, 486, 1050, 510, 1056, 700, 1040, 750, 1040, 750, 760, 764, 500, 750, 474, 720, 470, 640,
    ]),
    true,
  );
  const grip = roundedRect(120, 520, 366, 92, 40);
  wallShadow(pen, edge, 22);
  wallShadow(pen, grip, 22);
  blade(pen, edge, pairs([476, 716, 760, 728, 1050, 718]));
  pen.fill(ellipse([996, 544], 24, 24), shade(MATERIAL.steel, -0.7));
  pen.fill(ellipse([999, 547], 20, 20), shade(MATERIAL.paper, -0.2));
  handle(pen, grip, color, pairs([190, 566, 300, 566, 410, 566]), accent);
};

const folding: Draw = (pen, { color, accent = MATERIAL.steel }) => {
  const edge = curve(
    pairs([560, 560, 560, 560, 760, 548, 940, 568, 1070, 640, 1070, 640, 900, 676, 700, 680, 560, 660, 560, 660]),
    true,
  );
  const grip = curve(
    pairs([
      590, 540, 590, 540, 440, 528, 300, 536, 180, 560, 120, 610, 130, 664, 190, 690, 300, 680, 440, 664, 590, 680, 590,
      680,
    ]),
    true,
  );
  wallShadow(pen, edge, 22);
  wallShadow(pen, grip, 22);
  blade(pen, edge, pairs([562, 642, 760, 654, 1066, 640]));
  pen.stroke('M640 574L780 570', shade(MATERIAL.steel, -0.6), 7, 0.6);
  handle(pen, grip, color, [], accent);
  const collar = roundedRect(548, 532, 64, 152, 14);
  pen.fill(
    collar,
    pen.linear(
      [0, 532],
      [0, 684],
      [
        [0, shade(accent, -0.1)],
        [0.25, shade(accent, 0.75)],
        [0.55, shade(accent, -0.1)],
        [1, shade(accent, -0.6)],
      ],
    ),
  );
  pen.fill(ellipse([580, 608], 17, 17), shade(accent, -0.4));
  pen.fill(ellipse([577, 604], 12, 12), shade(accent, 0.5));
  pen.stroke('M150 620C90 600 70 700 130 730C190 756 210 700 176 664', shade(MATERIAL.leather, -0.3), 14);
  pen.stroke('M150 618C90 598 70 698 130 727C190 752 208 700 175 663', MATERIAL.leather, 8);
};

export const knife: Shapes = [lying(chef, -32), lying(bread, 28), lying(cleaver, -18), lying(folding, 36)];

function blade(pen: Pen, outline: string, bevel: readonly Point[]): void {
  const steel = MATERIAL.steel;
  pen.fill(
    outline,
    pen.spread(
      [0, 0],
      [0.3, 1],
      [
        [0, shade(steel, 0.5)],
        [0.3, shade(steel, 0.1)],
        [0.55, shade(steel, 0.7)],
        [0.8, shade(steel, -0.1)],
        [1, shade(steel, -0.3)],
      ],
    ),
  );
  pen.within(outline, () => {
    const low = `${curve(bevel)}L1080 900L400 900Z`;
    pen.fill(low, '#ffffff', 0.5);
    pen.stroke(curve(bevel), shade(steel, -0.4), 3, 0.5);
    pen.placed([1, 0, 0, 1, 0, 3], () => pen.stroke(outline, '#ffffff', 6, 0.6));
    pen.fill('M620 400L700 400L600 800L520 800Z', '#ffffff', 0.3);
    pen.fill('M730 400L750 400L650 800L630 800Z', '#ffffff', 0.3);
  });
}

function handle(pen: Pen, outline: string, color: string, rivets: readonly Point[], metal: string): void {
  form(pen, outline, color, 44, 1.1);
  pen.within(outline, () => {
    for (let i = 0; i < 5; i++)
      pen.stroke(
        `M100 ${556 + i * 22}C240 ${546 + i * 24} 380 ${572 + i * 18} 620 ${552 + i * 24}`,
        shade(color, -0.45),
        4,
        0.25,
      );
  });
  for (const [x, y] of rivets) {
    pen.fill(ellipse([x, y], 15, 15), shade(metal, -0.5));
    pen.fill(
      ellipse([x - 1, y - 1], 13, 13),
      pen.radial([x - 5, y - 6], 20, 20, [
        [0, shade(metal, 0.8)],
        [0.6, metal],
        [1, shade(metal, -0.3)],
      ]),
    );
  }
}
