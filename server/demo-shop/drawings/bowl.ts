import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { chance, DEPTH, ellipse, type Pen, type Point, pairs } from './pen.ts';
import { ball } from './soft.ts';
import { aboveMouth, across, lathe, mouth, ringPoint, strip } from './solids.ts';
import { shade } from './tint.ts';

const deep: Draw = (pen, { color, accent = MATERIAL.clay }) => {
  pen.floor = 830;
  castShadow(pen, { rx: 230, tall: 320 });
  lathe(pen, {
    profile: [
      [120, 40],
      [130, 0],
    ],
    color: accent,
  });
  const body = lathe(pen, {
    profile: pairs([330, 340, 326, 300, 280, 170, 190, 70, 124, 30]),
    color,
    finish: 'glazed',
  });
  pen.within(body, () =>
    pen.fill(
      strip(pen, { top: [332, 330], bottom: [324, 286], from: -1.7, to: 1.7 }),
      across(pen, 270, 930, accent),
      0.9,
    ),
  );
  hollow(pen, 330, 340, shade(color, 0.2), 14);
};

const wide: Draw = (pen, { color }) => {
  pen.floor = 770;
  castShadow(pen, { rx: 320, tall: 180 });
  lathe(pen, {
    profile: pairs([410, 210, 404, 190, 330, 90, 210, 20, 180, 0]),
    color,
  });
  hollow(pen, 410, 210, color, 18);
  const fruit: [number, number, number, string][] = [
    [-130, -20, 92, '#d98a3a'],
    [80, -50, 96, '#c8553d'],
    [-20, 60, 90, '#e0b04c'],
    [180, 40, 82, '#8a9a4b'],
  ];
  pen.within(aboveMouth(pen, 392, 210), () => {
    for (const [x, y, size, tone] of fruit) {
      ball(pen, pen.at(x, y, 215), size, tone, 'glazed', size * 0.95);
      pen.stroke(`M${pen.at(x + 6, y, 296).join(' ')}q4 -16 14 -24`, MATERIAL.darkWood, 7);
    }
  });
};

const footed: Draw = (pen, { color, accent = color }) => {
  pen.floor = 860;
  castShadow(pen, { rx: 160, tall: 420 });
  lathe(pen, {
    profile: pairs([60, 220, 56, 150, 80, 60, 160, 16, 170, 0]),
    color: accent,
    finish: 'glazed',
  });
  lathe(pen, {
    profile: pairs([340, 440, 336, 410, 270, 300, 150, 220, 56, 190]),
    color,
    finish: 'glazed',
  });
  hollow(pen, 340, 440, shade(color, 0.12), 12);
};

const nested: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  pen.floor = 840;
  castShadow(pen, { rx: 250, tall: 360 });
  const tones = [color, accent, shade(color, 0.3)];
  for (const [i, tone] of tones.entries()) {
    const [radius, base] = [340 - i * 42, i * 62];
    const draw = () =>
      lathe(pen, {
        profile: [
          [radius, base + 250],
          [radius - 6, base + 210],
          [radius - 90, base + 80],
          [radius - 190, base + 10],
          [radius - 200, base],
        ],
        color: tone,
        finish: 'glazed',
      });
    if (i === 0) draw();
    else pen.within(aboveMouth(pen, radius + 42 - 13, base + 188), draw);
    hollow(pen, radius, base + 250, tone, 13);
  }
};

export const bowl: Shapes = [deep, wide, footed, nested];

/** The inside of an open bowl, which shows its far wall in the light and its near wall not at all. */
function hollow(pen: Pen, radius: number, height: number, color: string, wall: number): void {
  mouth(pen, radius, height, color, color, wall);
  const random = chance(radius);
  const center: Point = pen.at(30, 20, height - 40);
  pen.within(ellipse(pen.at(0, 0, height), radius - wall, (radius - wall) * DEPTH), () => {
    pen.fill(ellipse(center, radius * 0.6, radius * 0.2), shade(color, -0.1), 0.25);
    for (let i = 0; i < 16; i++) {
      const [x, y] = ringPoint(pen, 0, 0, radius * (0.35 + random() * 0.5), height - 20, random() * 6.28);
      pen.fill(ellipse([x, y], 3 + random() * 3, 2 + random() * 1.5), shade(color, -0.5), 0.3);
    }
  });
}
