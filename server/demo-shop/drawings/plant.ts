import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { chance, curve, ellipse, type Pen, type Point, pairs } from './pen.ts';
import { form, tube } from './soft.ts';
import { aboveMouth, disk, lathe, mouth } from './solids.ts';
import { blend, shade } from './tint.ts';

const snake: Draw = (pen, { color }) => {
  pen.floor = 940;
  castShadow(pen, { rx: 190, tall: 640 });
  const pot = () => lathe(pen, { profile: pairs([200, 300, 196, 260, 164, 20, 154, 0]), color, finish: 'glazed' });
  pot();
  soil(pen, 200, 300, color);
  const blades: [number, number, number, number][] = [
    [-60, 480, -150, 44],
    [70, 460, 150, 44],
    [10, 590, 20, 50],
    [-110, 370, -210, 40],
    [110, 330, 190, 40],
    [-30, 530, -70, 46],
    [56, 410, 70, 44],
  ];
  pen.within(aboveMouth(pen, 186, 290), () => {
    for (const [i, [x, tall, tipX, half]] of blades.entries()) {
      const [foot, tip] = [pen.at(x, 0, 270), pen.at(tipX, 0, 270 + tall)];
      const middle = foot[1] - tall * 0.45;
      const outline = curve(
        [
          [foot[0] - half * 0.6, foot[1] + 40],
          [foot[0] + (tipX - x) * 0.3 - half, middle],
          tip,
          tip,
          [foot[0] + (tipX - x) * 0.36 + half, middle],
          [foot[0] + half * 0.6, foot[1] + 40],
        ],
        true,
      );
      const tone = shade(MATERIAL.leaf, i % 2 ? -0.1 : 0.06);
      form(pen, outline, blend(tone, '#c9c26a', 0.55), 30, 0.8);
      pen.placed([0.72, 0, 0, 0.96, foot[0] * 0.28 + (tipX - x) * 0.1, foot[1] * 0.04], () =>
        form(pen, outline, tone, 26, 0.7),
      );
    }
  });
};

const coin: Draw = (pen, { color }) => {
  pen.floor = 930;
  castShadow(pen, { rx: 210, tall: 520 });
  lathe(pen, { profile: pairs([150, 270, 160, 262, 206, 180, 196, 70, 150, 6, 146, 0]), color, finish: 'glazed' });
  soil(pen, 150, 270, color);
  const random = chance(21);
  pen.within(aboveMouth(pen, 138, 262), () => {
    const leaves = Array.from({ length: 17 }, (_, i) => {
      const angle = -2.9 + ((i * 7) % 17) * 0.17 + random() * 0.1;
      const reach = 190 + (i % 3) * 92 + random() * 40;
      return {
        x: 600 + Math.cos(angle) * reach * 0.98,
        y: 640 + Math.sin(angle) * reach * 1.06,
        size: 60 + random() * 30,
      };
    }).sort((a, b) => a.y - b.y);
    for (const { x, y } of leaves)
      pen.stroke(`M600 690Q${(600 + x) / 2} ${y + 10} ${x} ${y}`, shade(MATERIAL.leaf, -0.3), 8);
    for (const { x, y, size } of leaves) {
      pen.placed([1, 0, 0, 1, 10, 14], () =>
        pen.fill(ellipse([x, y], size, size * 0.84), shade(MATERIAL.leaf, -0.75), 0.14),
      );
      form(
        pen,
        ellipse([x, y], size, size * 0.84),
        shade(MATERIAL.leaf, (600 - y) * 0.0006 + (600 - x) * 0.0004),
        40,
        1,
      );
      pen.fill(ellipse([x - 4, y - 4], 9, 8), shade(MATERIAL.leaf, 0.7), 0.8);
    }
  });
};

const cactus: Draw = (pen, { color }) => {
  pen.floor = 930;
  castShadow(pen, { rx: 180, tall: 600 });
  lathe(pen, { profile: pairs([150, 200, 150, 190, 128, 8, 120, 0]), color });
  lathe(pen, { profile: pairs([176, 250, 180, 240, 176, 186, 170, 180]), color });
  soil(pen, 176, 250, color);
  pen.within(aboveMouth(pen, 164, 244), () => {
    tube(
      pen,
      curve([pen.at(60, 0, 400), pen.at(170, 0, 410), pen.at(196, 0, 460), pen.at(196, 0, 570)]),
      74,
      MATERIAL.leaf,
    );
    column(pen, 0, 210, 760, 104);
    tube(
      pen,
      curve([pen.at(-70, 40, 360), pen.at(-180, 40, 370), pen.at(-204, 40, 420), pen.at(-204, 40, 500)]),
      66,
      shade(MATERIAL.leaf, 0.04),
    );
  });
  for (const [x, z] of [
    [0, 772],
    [196, 612],
  ] as const) {
    for (let i = 0; i < 6; i++)
      pen.fill(
        ellipse([pen.at(x, 0, z)[0] + Math.cos(i * 1.047) * 24, pen.at(x, 0, z)[1] + Math.sin(i * 1.047) * 13], 21, 15),
        shade('#d8607a', i < 3 ? 0.1 : 0.3),
      );
    pen.fill(ellipse(pen.at(x, 0, z), 12, 9), '#f0c555');
  }
};

const broad: Draw = (pen, { color, accent = MATERIAL.wood }) => {
  pen.floor = 950;
  castShadow(pen, { rx: 180, tall: 620 });
  for (const x of [-130, 130])
    tube(pen, `M${pen.at(x * 0.8, 40, 160).join(' ')}L${pen.at(x, 60, 0).join(' ')}`, 24, accent);
  lathe(pen, { profile: pairs([180, 310, 184, 300, 184, 110, 170, 70, 120, 60]), color, finish: 'glazed' });
  soil(pen, 180, 310, color);
  const leaves: [number, number, number, number][] = [
    [-250, 560, -62, 180],
    [250, 590, 58, 180],
    [-120, 700, -24, 184],
    [130, 690, 26, 180],
    [-270, 420, -98, 160],
    [270, 430, 98, 160],
    [10, 580, 4, 196],
  ];
  pen.within(aboveMouth(pen, 168, 302), () => {
    for (const [x, z] of leaves)
      pen.stroke(
        curve([pen.at(0, 0, 290), pen.at(x * 0.35, 0, z * 0.7), pen.at(x * 0.86, 0, z - 60)]),
        shade(MATERIAL.leaf, -0.35),
        12,
      );
    for (const [i, [x, z, turn, size]] of leaves.entries())
      monstera(
        pen,
        pen.at(x * 0.8, 0, z - 40),
        turn,
        size,
        shade(MATERIAL.leaf, [-0.2, -0.22, -0.1, -0.14, 0, -0.12, 0.1][i]!),
      );
  });
};

export const plant: Shapes = [snake, coin, cactus, broad];

function soil(pen: Pen, radius: number, height: number, color: string): void {
  mouth(pen, radius, height, color, color, 13);
  pen.within(ellipse(pen.at(0, 0, height), radius - 13, (radius - 13) * 0.34), () =>
    disk(pen, radius - 13, height - 16, MATERIAL.earth),
  );
}

function column(pen: Pen, x: number, low: number, high: number, radius: number): void {
  const body = lathe(pen, {
    x,
    profile: [
      [0, high],
      [radius * 0.7, high - 26],
      [radius, high - 120],
      [radius, low + 80],
      [radius * 0.8, low],
    ],
    color: MATERIAL.leaf,
  });
  pen.within(body, () => {
    for (let rib = -3; rib <= 3; rib++) {
      const offset = Math.sin(rib * 0.42) * radius;
      const line = curve([pen.at(x, 0, high + 8), pen.at(x + offset, 0, high - 130), pen.at(x + offset, 0, low)]);
      pen.stroke(line, shade(MATERIAL.leaf, -0.5), 9, 0.4);
      for (let z = low + 60; z < high - 90; z += 52) {
        const [px, py] = pen.at(x + offset + 20, 0, z + (rib % 2) * 26);
        pen.stroke(`M${px - 7} ${py - 7}l7 7l8 -6M${px} ${py}v-11`, MATERIAL.cream, 3, 0.8);
      }
    }
  });
}

/** A split leaf hanging from its stalk, turned by an angle in degrees. */
function monstera(pen: Pen, [x, y]: Point, turn: number, size: number, color: string): void {
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const half = (side: number): Point[] =>
    pairs([
      0, 0.1, 0.4, -0.02, 0.62, -0.3, 0.3, -0.34, 0.66, -0.46, 0.62, -0.66, 0.26, -0.58, 0.5, -0.82, 0.36, -0.96, 0.18,
      -0.86, 0, -1.14,
    ]).map(([px, py]): Point => [px! * side * size * 0.82, py! * size]);
  const outline = curve([...half(1), ...half(-1).reverse()], true);
  pen.placed([cos, sin, -sin, cos, x, y + size * 0.3], () => {
    pen.placed([1, 0, 0, 1, 12, 16], () => pen.fill(outline, shade(color, -0.8), 0.12));
    form(pen, outline, color, 44, 0.9);
    pen.stroke(`M0 0V${-size}`, shade(color, 0.5), 6, 0.6);
    for (const side of [-1, 1])
      for (const at of [0.2, 0.45, 0.7])
        pen.stroke(`M0 ${-size * at * 0.86}L${side * size * 0.34} ${-size * (at + 0.08)}`, shade(color, 0.45), 4, 0.45);
  });
}
