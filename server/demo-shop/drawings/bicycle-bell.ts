import { castShadow, shadowColor } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, DEPTH, ellipse, type Pen, type Point, pairs } from './pen.ts';
import { ball, form, tube } from './soft.ts';
import { lathe } from './solids.ts';
import { shade } from './tint.ts';

const classic: Draw = (pen, { color, accent = MATERIAL.steel }) => {
  bar(pen, 850);
  clamp(pen, 600, 850, accent);
  pen.floor = 790;
  tube(pen, curve([pen.at(230, 60, 30), pen.at(330, 80, 24), pen.at(400, 90, 60)]), 30, accent, 'metal');
  ball(pen, pen.at(404, 90, 64), 34, MATERIAL.ink, 'glazed');
  lathe(pen, { profile: pairs([240, 40, 240, 40, 230, 0]), color: accent, finish: 'metal' });
  lathe(pen, { profile: pairs([0, 330, 110, 310, 220, 220, 284, 90, 292, 40]), color, finish: 'metal' });
  shine(pen, 292, 330);
  lathe(pen, { profile: pairs([20, 350, 30, 338, 34, 322]), color: accent, finish: 'metal' });
};

const striker: Draw = (pen, { color, accent = MATERIAL.darkWood }) => {
  bar(pen, 890);
  clamp(pen, 600, 890, MATERIAL.iron);
  pen.floor = 820;
  lathe(pen, { profile: pairs([56, 80, 56, 80, 70, 0]), color: MATERIAL.iron });
  pen.fill(ellipse(pen.at(0, 0, 80), 250, 250 * DEPTH), shade(color, -0.65));
  lathe(pen, { profile: pairs([0, 470, 60, 462, 150, 400, 200, 280, 214, 170, 262, 80]), color, finish: 'metal' });
  shine(pen, 210, 440);
  lathe(pen, { profile: pairs([18, 500, 26, 490, 28, 462]), color: MATERIAL.brass, finish: 'metal' });
  tube(
    pen,
    curve([pen.at(-40, 200, 40), pen.at(-250, 200, 40), pen.at(-330, 160, 130), pen.at(-300, 120, 220)]),
    16,
    MATERIAL.iron,
    'metal',
  );
  ball(pen, pen.at(-300, 120, 228), 40, accent, 'glazed');
};

const painted: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  bar(pen, 850);
  clamp(pen, 600, 850, MATERIAL.steel);
  pen.floor = 780;
  tube(pen, curve([pen.at(-220, 100, 20), pen.at(-330, 130, 16), pen.at(-390, 140, 50)]), 32, MATERIAL.steel, 'metal');
  ball(pen, pen.at(-394, 140, 52), 34, accent, 'glazed');
  lathe(pen, { profile: pairs([306, 30, 316, 16, 300, 0]), color: MATERIAL.steel, finish: 'metal' });
  const body = lathe(pen, { profile: pairs([0, 220, 150, 206, 260, 140, 306, 40, 308, 24]), color, finish: 'glazed' });
  pen.within(body, () => {
    for (let i = 0; i < 8; i++) {
      const angle = (i * Math.PI) / 4;
      const [x, y] = [Math.cos(angle) * 150, Math.sin(angle) * 150];
      const [px, py] = pen.at(x, y, 206 - Math.abs(y) * 0.1);
      pen.fill(ellipse([px, py], 44, 24), accent, 0.95);
    }
  });
  pen.fill(ellipse(pen.at(0, 0, 220), 62, 24), shade('#e0a83a', -0.05));
  pen.fill(ellipse([594, pen.at(0, 0, 222)[1]], 40, 13), shade('#e0a83a', 0.4), 0.7);
};

const horn: Draw = (pen, { color, accent = MATERIAL.brass }) => {
  bar(pen, 920);
  clamp(pen, 560, 920, MATERIAL.iron);
  tube(pen, 'M560 860V720', 30, MATERIAL.iron);
  const bulb = curve(pairs([880, 700, 930, 600, 1020, 600, 1066, 690, 1020, 780, 930, 790]), true);
  tube(pen, 'M600 700H900', 44, accent, 'metal');
  tube(pen, curve(pairs([880, 696, 880, 520, 800, 440, 640, 440, 560, 500, 560, 620, 640, 700])), 38, accent, 'metal');
  form(pen, bulb, color, 90, 1.2);
  const cone = curve(
    pairs([
      190, 560, 190, 560, 300, 640, 460, 672, 640, 680, 640, 680, 640, 722, 640, 722, 460, 730, 300, 770, 190, 850, 190,
      850,
    ]),
    true,
  );
  pen.fill(
    cone,
    pen.linear(
      [0, 560],
      [0, 850],
      [
        [0, shade(accent, -0.2)],
        [0.28, shade(accent, 0.6)],
        [0.48, shade(accent, 0.05)],
        [0.72, shade(accent, -0.5)],
        [0.9, shade(accent, -0.1)],
        [1, shade(accent, -0.5)],
      ],
    ),
  );
  form(pen, ellipse([190, 705], 66, 150), accent, 26, 1);
  pen.fill(
    ellipse([186, 706], 50, 128),
    pen.spread(
      [0, 0],
      [1, 1],
      [
        [0, shade(accent, -0.75)],
        [1, shade(accent, -0.1)],
      ],
    ),
  );
  pen.fill(ellipse([206, 708], 20, 50), shade(accent, -0.85));
};

export const bicycleBell: Shapes = [classic, striker, painted, horn];

/** A length of handlebar on the floor, for the bell to sit on. */
function bar(pen: Pen, y: number): void {
  pen.floor = y + 70;
  castShadow(pen, { rx: 400, ry: 130, tall: 120 });
  tube(pen, `M170 ${y + 20}L1030 ${y - 40}`, 62, MATERIAL.steel, 'metal');
  form(pen, ellipse([1030, y - 40], 18, 31), shade(MATERIAL.steel, -0.5), 10, 0.5);
  tube(pen, `M150 ${y + 21}L330 ${y + 8}`, 82, MATERIAL.leather);
  for (let i = 0; i < 6; i++)
    pen.stroke(`M${160 + i * 32} ${y - 18 - i * 2}q16 40 2 78`, shade(MATERIAL.leather, -0.5), 4, 0.6);
}

function clamp(pen: Pen, x: number, y: number, color: string): void {
  form(
    pen,
    curve(
      [
        [x - 70, y - 90],
        [x + 70, y - 96],
        [x + 66, y + 40],
        [x + 40, y + 66],
        [x - 40, y + 70],
        [x - 66, y + 44],
      ],
      true,
    ),
    color,
    40,
    1,
  );
  pen.fill(ellipse([x, y + 32], 17, 17), shade(color, -0.5));
  pen.stroke(`M${x - 10} ${y + 36}l20 -8`, shade(color, 0.5), 5);
  pen.fill(ellipse([x + 10, y - 70], 100, 20), shadowColor(pen), 0.25);
}

/** The sky and the window in polished metal. */
function shine(pen: Pen, radius: number, height: number): void {
  const at = (x: number, z: number): Point => pen.at(x * radius, 0, z * height);
  pen.fill(
    curve([at(-0.62, 0.52), at(-0.5, 0.72), at(-0.28, 0.88), at(-0.34, 0.74), at(-0.46, 0.5), at(-0.52, 0.3)], true),
    '#ffffff',
    0.6,
  );
}
