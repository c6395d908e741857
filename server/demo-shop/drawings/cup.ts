import { castShadow } from './ground.ts';
import type { Draw, Look, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { chance, curve, ellipse, type Pen, type Point, pairs } from './pen.ts';
import { tube } from './soft.ts';
import { across, disk, lathe, mouth, ringPoint, strip } from './solids.ts';
import { shade } from './tint.ts';

const TEA = '#9a5a2c';

const mug: Draw = (pen, { color, accent = MATERIAL.clay }) => {
  pen.floor = 810;
  castShadow(pen, { rx: 190, tall: 400 });
  handle(pen, pairs([180, 330, 300, 330, 340, 220, 290, 110, 176, 92]), 44, color);
  lathe(pen, {
    profile: pairs([196, 80, 196, 60, 186, 20, 170, 0]),
    color: accent,
  });
  lathe(pen, {
    profile: [
      [196, 430],
      [196, 70],
    ],
    color,
    finish: 'glazed',
  });
  mouth(pen, 196, 430, color, shade(color, 0.35));
  tea(pen, 180, 392);
};

const teacup: Draw = (pen, { color, accent = MATERIAL.brass }) => {
  pen.floor = 790;
  castShadow(pen, { rx: 330, tall: 90 });
  lathe(pen, {
    profile: pairs([330, 56, 330, 50, 240, 16, 150, 0]),
    color,
    finish: 'matte',
  });
  disk(pen, 330, 56, color);
  ring(pen, 322, 56, shade(accent, 0.1), 5);
  pen.fill(ellipse(pen.at(18, 0, 50), 236, 80), shade(color, -0.22), 0.55);
  pen.fill(ellipse(pen.at(40, 6, 44), 190, 66), shade(color, -0.6), 0.4);
  handle(pen, pairs([196, 262, 300, 300, 344, 240, 290, 170, 150, 140]), 30, color);
  lathe(pen, {
    profile: pairs([250, 330, 240, 270, 206, 180, 140, 100, 92, 66, 96, 44]),
    color,
    finish: 'glazed',
  });
  mouth(pen, 250, 330, color, shade(color, 0.4), 9);
  ring(pen, 246, 330, shade(accent, 0.1), 6);
  tea(pen, 222, 286);
};

const tumbler: Draw = (pen, { color, accent = MATERIAL.clay }) => {
  pen.floor = 850;
  castShadow(pen, { rx: 150, tall: 500 });
  const body = lathe(pen, {
    profile: pairs([205, 520, 205, 520, 172, 110, 156, 16, 140, 0]),
    color: accent,
  });
  const random = chance(7);
  for (let i = 0; i < 60; i++) {
    const [x, y] = ringPoint(pen, 0, 0, 172, 20 + random() * 190, -1.3 + random() * 2.6);
    pen.fill(ellipse([x, y], 2 + random() * 4, 2 + random() * 3), shade(accent, -0.6), 0.45);
  }
  pen.within(body, () => {
    const drips = Array.from(
      { length: 13 },
      (_, i): Point => ringPoint(pen, 0, 0, 190, 268 - (i % 2) * (20 + (i % 3) * 24), -1.8 + i * 0.3),
    );
    pen.fill(`${curve(drips)}L900 100L300 100Z`, across(pen, 395, 805, color, 'glazed'));
    pen.fill(
      strip(pen, { top: [205, 520], bottom: [190, 330], from: -0.86, to: -0.6 }),
      pen.spread(
        [0, 0],
        [0, 1],
        [
          [0, '#ffffff', 0.45],
          [1, '#ffffff', 0],
        ],
      ),
    );
  });
  mouth(pen, 205, 520, color, shade(color, 0.2), 13);
};

const belly: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  pen.floor = 810;
  castShadow(pen, { rx: 190, tall: 360 });
  handle(pen, pairs([200, 300, 330, 350, 400, 240, 330, 130, 206, 130]), 40, color);
  const profile: Point[] = pairs([168, 410, 176, 390, 226, 290, 244, 190, 206, 70, 140, 8, 130, 0]);
  lathe(pen, { profile, color, finish: 'glazed' });
  for (const [top, bottom] of [
    [236, 205],
    [180, 166],
  ] as const) {
    pen.fill(
      strip(pen, { top: [radiusAt(top), top], bottom: [radiusAt(bottom), bottom], from: -1.52, to: 1.52 }),
      across(pen, 356, 844, accent),
      0.94,
    );
  }
  mouth(pen, 168, 410, color, shade(color, 0.3), 13);
  tea(pen, 150, 378);
};

export const cup: Shapes = [mug, teacup, tumbler, belly];

function radiusAt(height: number): number {
  return height > 200 ? 244 - (height - 190) * 0.12 : 244 - (190 - height) * 0.14;
}

function handle(pen: Pen, points: readonly Point[], width: number, color: Look['color']): void {
  tube(pen, curve(points.map(([x, z]) => pen.at(x, 0, z))), width, color);
}

function ring(pen: Pen, radius: number, height: number, color: string, width: number): void {
  pen.stroke(ellipse(pen.at(0, 0, height), radius, radius * 0.34), color, width, 0.9);
}

function tea(pen: Pen, radius: number, height: number): void {
  const center = pen.at(0, 0, height);
  const full = ellipse(pen.at(0, 0, height + 40), radius, radius * 0.34);
  pen.within(full, () => {
    disk(pen, radius - 4, height, TEA);
    pen.stroke(ellipse(center, radius - 12, (radius - 12) * 0.34), shade(TEA, 0.5), 4, 0.5);
  });
}
