import { extrude, levelPlane, plan, turned } from './blocks.ts';
import { fringe, roll, spiral } from './cloth.ts';
import { castShadow, shadowColor, wallShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { DEPTH, ellipse, type Point, polygon, roundedRect } from './pen.ts';
import { ball, fold, tube } from './soft.ts';
import { across, disk, lathe, ringPoint, strip } from './solids.ts';
import { lightnessOf, shade } from './tint.ts';

const hung: Draw = (pen, { color, accent = contrast(color) }) => {
  const [x, y, width, height] = [300, 260, 600, 640];
  const cloth = roundedRect(x, y, width, height, 4);
  wallShadow(pen, cloth, 34);
  fringe(pen, [x + 6, y + height], [x + width - 6, y + height], 60, MATERIAL.cream, 48);
  pen.fill(
    cloth,
    pen.spread(
      [0, 0],
      [1, 1],
      [
        [0, shade(color, 0.14)],
        [0.6, color],
        [1, shade(color, -0.18)],
      ],
    ),
  );
  pen.within(cloth, () => {
    for (const [at, tall] of [
      [40, 16],
      [74, 34],
      [126, 10],
      [height - 136, 10],
      [height - 108, 34],
      [height - 56, 16],
    ] as const)
      pen.fill(roundedRect(x, y + at, width, tall, 0), accent);
    for (let column = 0; column < 3; column++) {
      const middle: Point = [x + 100 + column * 200, y + height / 2];
      for (const [size, tone] of [
        [160, accent],
        [118, shade(color, -0.25)],
        [78, accent],
        [38, color],
      ] as const)
        pen.fill(diamond(middle, size * 0.58, size), tone);
    }
    for (let i = 0; i < 5; i++)
      fold(
        pen,
        [
          [x + 60 + i * 126, y],
          [x + 66 + i * 126, y + 320],
          [x + 52 + i * 126, y + height],
        ],
        color,
        40,
        0.5,
      );
    for (let row = 0; row < height; row += 10) pen.stroke(`M${x} ${y + row}h${width}`, shade(color, -0.5), 2, 0.12);
  });
  tube(pen, `M${x - 60} ${y}H${x + width + 60}`, 26, MATERIAL.wood);
  for (const end of [x - 66, x + width + 66]) ball(pen, [end, y], 24, MATERIAL.darkWood, 'glazed');
};

const unrolling: Draw = (pen, { color, accent = contrast(color) }) => {
  pen.floor = 770;
  const turn = -16;
  castShadow(pen, { x: 20, rx: 430, ry: 310, tall: 60 });
  extrude(pen, { plan: plan(760, 560, 6, turn, 60, 40), from: 0, to: 14, color, edge: 0.2 });
  pen.placed(levelPlane(pen, [60, 40], 14, turn), () => {
    for (const [inset, tone] of [
      [24, accent],
      [44, color],
      [58, accent],
      [66, shade(color, -0.12)],
    ] as const)
      pen.fill(roundedRect(-380 + inset, -280 + inset, 760 - inset * 2, 560 - inset * 2, 4), tone);
    for (const [size, tone] of [
      [190, accent],
      [150, color],
      [96, shade(color, -0.3)],
      [52, accent],
    ] as const)
      pen.fill(diamond([40, 0], size * 1.2, size), tone);
    for (let i = -3; i <= 3; i++)
      for (const side of [-176, 176]) pen.fill(diamond([40 + i * 84, side], 26, 24), accent);
  });
  const [a, b] = [turned(440, 320, turn), turned(440, -240, turn)];
  for (let i = 0; i <= 40; i++) {
    const [px, py] = [a[0] + ((b[0] - a[0]) * i) / 40, a[1] + ((b[1] - a[1]) * i) / 40];
    const [q, r] = [pen.at(px, py, 8), pen.at(px + 54, py + Math.sin(i * 2.1) * 8, 2)];
    pen.stroke(polygon([q, r], true), shade(MATERIAL.cream, i % 2 ? 0.1 : -0.16), 5);
  }
  const at = turned(-300, 40, turn);
  pen.fill(ellipse(pen.at(at[0] + 120, at[1] + 20, 14), 130, 100), shadowColor(pen), 0.16);
  roll(pen, { x: at[0], y: at[1], z: 92, length: 570, radius: 84, turn: 90 + turn, color: shade(color, -0.04) }, () =>
    spiral(pen, 84, 4, accent),
  );
};

const round: Draw = (pen, { color, accent = contrast(color) }) => {
  pen.floor = 730;
  castShadow(pen, { rx: 450, tall: 50 });
  for (let i = 0; i < 72; i++) {
    const [a, b] = [ringPoint(pen, 0, 0, 440, 6, i * 0.0873), ringPoint(pen, 0, 0, 482, 0, i * 0.0873 + 0.012)];
    pen.stroke(polygon([a, b], true), shade(MATERIAL.cream, i % 2 ? 0.1 : -0.14), 7);
  }
  lathe(pen, {
    profile: [
      [448, 22],
      [448, 0],
    ],
    color,
  });
  disk(pen, 448, 22, color);
  for (const [radius, tone] of [
    [400, accent],
    [372, color],
    [330, shade(color, -0.22)],
    [270, accent],
    [246, shade(color, -0.1)],
    [150, accent],
    [110, shade(color, -0.3)],
    [56, accent],
  ] as const)
    disk(pen, radius, 22, tone);
  for (let radius = 20; radius < 448; radius += 14)
    pen.stroke(ellipse(pen.at(0, 0, 22), radius, radius * DEPTH), shade(color, -0.6), 2, 0.22);
};

const rolled: Draw = (pen, { color, accent = contrast(color) }) => {
  pen.floor = 900;
  for (const [x, y, radius, height, body, band] of [
    [150, -120, 122, 560, accent, color],
    [-110, 60, 142, 680, color, accent],
  ] as const) {
    castShadow(pen, { x, y, rx: radius, tall: height });
    const outline = lathe(pen, {
      x,
      y,
      profile: [
        [radius, height],
        [radius, 0],
      ],
      color: body,
    });
    pen.within(outline, () => {
      for (const [z, tall] of [
        [height - 40, 26],
        [height - 80, 10],
        [130, 10],
        [100, 26],
      ] as const)
        pen.fill(
          strip(pen, { x, y, top: [radius, z], bottom: [radius, z - tall] }),
          across(pen, 600 + x - radius, 600 + x + radius, band),
        );
    });
    for (const z of [height * 0.42, height * 0.42 + 14])
      pen.stroke(
        polygon(
          Array.from({ length: 25 }, (_, i) => ringPoint(pen, x, y, radius, z, -1.57 + i * 0.131)),
          true,
        ),
        MATERIAL.cream,
        9,
      );
    disk(pen, radius, height, shade(body, -0.1), x, y);
    const [cx, cy] = pen.at(x, y, height);
    pen.placed([1, 0, 0, DEPTH, cx, cy], () => spiral(pen, radius, 5, body));
  }
};

/** The unrolled rug is the widest of all and steps back to keep air around it. */
const farther: Draw = (pen, look) => pen.placed([0.9, 0, 0, 0.9, 46, 70], () => unrolling(pen, look));

export const rug: Shapes = [hung, farther, round, rolled];

function diamond([x, y]: Point, halfWidth: number, halfHeight: number): string {
  return polygon([
    [x, y - halfHeight],
    [x + halfWidth, y],
    [x, y + halfHeight],
    [x - halfWidth, y],
  ]);
}

function contrast(color: string): string {
  return lightnessOf(color) > 0.72 ? shade(color, -0.5) : MATERIAL.cream;
}
