import { extrude, plan, sidePlane, turned } from './blocks.ts';
import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { chance, DEPTH, ellipse, type Pen, type Point, pairs, polygon, roundedRect } from './pen.ts';
import { across, disk, lathe, mouth, ringPoint, strip } from './solids.ts';
import { shade } from './tint.ts';

const drum: Draw = (pen, { color, accent = MATERIAL.brass }) => {
  pen.floor = 880;
  castShadow(pen, { rx: 220, tall: 520 });
  lathe(pen, { profile: pairs([220, 430, 220, 8, 212, 0]), color: accent, finish: 'metal' });
  pen.fill(strip(pen, { top: [221, 410], bottom: [221, 24] }), across(pen, 379, 821, color));
  pen.fill(
    strip(pen, { top: [221, 330], bottom: [221, 110], from: -0.82, to: 0.82 }),
    across(pen, 379, 821, MATERIAL.paper),
  );
  star(pen, pen.at(0, 218, 232), 62, color);
  for (const z of [140, 124])
    pen.stroke(
      polygon(
        [-0.34, -0.17, 0, 0.17, 0.34].map((angle) => ringPoint(pen, 0, 0, 221, z, angle)),
        true,
      ),
      MATERIAL.ink,
      6,
      0.6,
    );
  lathe(pen, { profile: pairs([214, 530, 228, 520, 228, 436, 222, 428]), color: accent, finish: 'metal' });
  disk(pen, 216, 530, accent);
  for (const radius of [186, 120])
    pen.stroke(ellipse(pen.at(0, 0, 530), radius, radius * DEPTH), shade(accent, -0.34), 5, 0.6);
};

const caddy: Draw = (pen, { color, accent = MATERIAL.brass }) => {
  pen.floor = 900;
  const turn = 28;
  castShadow(pen, { rx: 230, ry: 220, tall: 560 });
  extrude(pen, { plan: plan(330, 300, 22, turn), from: 0, to: 500, color });
  pen.placed(sidePlane(pen, turned(-165, 150, turn), 0, turn), () => {
    pen.stroke(roundedRect(24, 26, 282, 440, 10), accent, 6);
    pen.fill(roundedRect(54, 130, 222, 240, 110), shade(MATERIAL.paper, 0.1));
    star(pen, [165, 250], 70, color);
    pen.fill(roundedRect(84, 70, 162, 22, 4), accent);
  });
  pen.placed(sidePlane(pen, turned(165, 150, turn), 0, turn - 90), () => {
    pen.stroke(roundedRect(22, 26, 256, 440, 10), shade(accent, -0.3), 6);
    for (let i = 0; i < 5; i++) star(pen, [150, 90 + i * 78], 26, shade(accent, -0.3));
  });
  extrude(pen, { plan: plan(342, 312, 26, turn), from: 480, to: 540, color: shade(color, -0.1), edge: 0.5 });
  extrude(pen, { plan: plan(310, 282, 24, turn), from: 540, to: 580, color: shade(color, -0.06), taper: 0.7 });
  lathe(pen, { profile: pairs([34, 626, 38, 616, 20, 578]), color: accent, finish: 'metal' });
  disk(pen, 34, 626, accent);
};

const masala: Draw = (pen, { color, accent = MATERIAL.steel }) => {
  pen.floor = 780;
  castShadow(pen, { rx: 380, tall: 180 });
  lathe(pen, { profile: pairs([390, 190, 390, 10, 380, 0]), color: accent, finish: 'metal' });
  pen.fill(strip(pen, { top: [391, 160], bottom: [391, 40] }), across(pen, 209, 991, color));
  mouth(pen, 390, 190, accent, shade(accent, -0.1), 14);
  const heaps: [string, number][] = [
    [color, 0],
    ['#c0432f', 1],
    ['#d9a02f', 2],
    ['#7b5a38', 3],
    ['#8c9a4e', 4],
    ['#e2cfa2', 5],
    ['#a5602f', 6],
  ];
  pen.within(ellipse(pen.at(0, 0, 190), 376, 376 * DEPTH), () => {
    for (const [tone, i] of heaps) {
      const [x, y] = i === 0 ? [0, 0] : [Math.sin(i * 1.047 - 2.6) * 240, Math.cos(i * 1.047 - 2.6) * 240];
      heap(pen, x, y, tone, accent, i);
    }
  });
};

const tower: Draw = (pen, { color, accent = MATERIAL.steel }) => {
  pen.floor = 910;
  castShadow(pen, { rx: 190, tall: 620 });
  const tones = [color, '#c0432f', '#7b8a4b', '#d9a02f'];
  for (const [i, tone] of tones.entries()) {
    const base = i * 158;
    lathe(pen, {
      profile: [
        [190, base + 120],
        [190, base + 4],
        [184, base],
      ],
      color: accent,
      finish: 'metal',
    });
    pen.fill(strip(pen, { top: [190, base + 104], bottom: [190, base + 20] }), across(pen, 410, 790, tone), 0.94);
    pen.fill(
      strip(pen, { top: [191, base + 92], bottom: [191, base + 32], from: -0.5, to: 0.5 }),
      across(pen, 410, 790, MATERIAL.paper),
    );
    pen.stroke(
      polygon(
        [-0.28, 0, 0.28].map((angle) => ringPoint(pen, 0, 0, 191, base + 62, angle)),
        true,
      ),
      shade(tone, -0.3),
      10,
      0.8,
    );
    lathe(pen, {
      profile: [
        [190, base + 154],
        [197, base + 148],
        [197, base + 122],
        [190, base + 116],
      ],
      color: accent,
      finish: 'metal',
    });
  }
  disk(pen, 190, 628, accent);
  pen.stroke(ellipse(pen.at(0, 0, 628), 158, 158 * DEPTH), shade(accent, -0.3), 5, 0.5);
  pen.fill(ellipse(pen.at(0, 0, 628), 104, 104 * DEPTH), color, 0.9);
};

export const spiceTin: Shapes = [drum, caddy, masala, tower];

/** Star anise. */
function star(pen: Pen, [x, y]: Point, size: number, color: string): void {
  for (let i = 0; i < 8; i++) {
    const angle = (i * Math.PI) / 4;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    pen.placed([cos, sin, -sin, cos, x + cos * size * 0.55, y + sin * size * 0.55], () => {
      pen.fill(ellipse([0, 0], size * 0.46, size * 0.2), color);
      pen.fill(ellipse([size * 0.06, 0], size * 0.2, size * 0.08), shade(color, -0.5), 0.7);
    });
  }
  pen.fill(ellipse([x, y], size * 0.16, size * 0.16), shade(color, -0.4));
}

/** A small cup in the masala box, heaped with ground spice. */
function heap(pen: Pen, x: number, y: number, color: string, metal: string, seed: number): void {
  mouth(pen, 112, 176, metal, shade(metal, -0.2), 8, x, y);
  const [cx, cy] = pen.at(x, y, 176);
  pen.fill(
    `M${cx - 102} ${cy}C${cx - 50} ${cy - 46} ${cx + 40} ${cy - 52} ${cx + 102} ${cy}A102 35 0 0 1 ${cx - 102} ${cy}Z`,
    pen.linear(
      [cx - 90, cy - 30],
      [cx + 90, cy + 30],
      [
        [0, shade(color, 0.3)],
        [0.5, color],
        [1, shade(color, -0.4)],
      ],
    ),
  );
  const random = chance(seed + 2);
  for (let i = 0; i < 26; i++)
    pen.fill(
      ellipse([cx - 70 + random() * 140, cy - 18 + random() * 40], 4, 3),
      shade(color, random() > 0.5 ? 0.4 : -0.4),
      0.5,
    );
}
