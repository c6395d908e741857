import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, DEPTH, ellipse, type Pen, type Point, pairs, polygon } from './pen.ts';
import { ball, tube } from './soft.ts';
import { across, disk, lathe, mouth, ringPoint, strip } from './solids.ts';
import { shade } from './tint.ts';

const pillar: Draw = (pen, { color, accent = MATERIAL.clay }) => {
  pen.floor = 930;
  castShadow(pen, { rx: 250, tall: 540 });
  lathe(pen, { profile: pairs([260, 40, 270, 28, 250, 0]), color: accent, finish: 'glazed' });
  disk(pen, 260, 40, accent);
  pen.fill(ellipse(pen.at(30, 8, 40), 190, 66), shade(accent, -0.8), 0.35);
  wax(pen, 0, 0, 150, 40, 560, color);
  flame(pen, pen.at(0, 0, 560), 1.15);
};

const jarred: Draw = (pen, { color, accent = MATERIAL.paper }) => {
  pen.floor = 870;
  castShadow(pen, { rx: 210, tall: 420 });
  lathe(pen, { profile: pairs([214, 400, 214, 20, 200, 0]), color: '#d8d4cc', opacity: 0.5 });
  pen.fill(ellipse(pen.at(0, 0, 400), 214, 214 * DEPTH), shade('#d8d4cc', -0.1), 0.45);
  lathe(pen, { profile: pairs([204, 300, 204, 300, 204, 22, 192, 8]), color });
  disk(pen, 204, 300, color);
  const pool = pen.at(0, 0, 300);
  pen.fill(
    ellipse(pool, 150, 50),
    pen.radial(pool, 150, 50, [
      [0, '#fff4cf', 0.95],
      [1, shade(color, 0.4), 0.1],
    ]),
  );
  flame(pen, pen.at(0, 0, 300), 1);
  lathe(pen, { profile: pairs([214, 400, 214, 20, 200, 0]), color: '#d8d4cc', finish: 'glazed', opacity: 0.16 });
  pen.fill(strip(pen, { top: [215, 230], bottom: [215, 80], from: -0.62, to: 0.62 }), across(pen, 386, 814, accent));
  for (const [z, reach, width] of [
    [184, 0.36, 12],
    [150, 0.26, 7],
    [126, 0.3, 7],
  ] as const)
    pen.stroke(
      polygon(
        [-reach, -reach / 2, 0, reach / 2, reach].map((angle) => ringPoint(pen, 0, 0, 216, z, angle)),
        true,
      ),
      shade(color, -0.5),
      width,
      0.8,
    );
  pen.stroke(ellipse(pen.at(0, 0, 400), 212, 212 * DEPTH), '#ffffff', 5, 0.85);
};

const tapers: Draw = (pen, { color, accent = MATERIAL.brass }) => {
  pen.floor = 960;
  for (const [x, y, base, tall] of [
    [130, -120, 150, 470],
    [-130, 0, 240, 430],
    [40, 170, 60, 400],
  ] as const) {
    castShadow(pen, { x, y, rx: 100, tall: base + tall });
    lathe(pen, {
      x,
      y,
      profile: [
        [44, base + 40],
        [50, base + 20],
        [22, base],
        [18, Math.max(46, base * 0.5)],
        [40, 30],
        [112, 16],
        [116, 0],
      ],
      color: accent,
      finish: 'metal',
    });
    lathe(pen, {
      x,
      y,
      profile: [
        [20, base + tall],
        [28, base + tall - 20],
        [34, base + 30],
      ],
      color,
    });
    flame(pen, pen.at(x, y, base + tall), 0.72);
  }
};

const ribbed: Draw = (pen, { color, accent = MATERIAL.darkWood }) => {
  pen.floor = 900;
  castShadow(pen, { rx: 290, tall: 420 });
  lathe(pen, { profile: pairs([300, 36, 306, 28, 296, 0]), color: accent });
  disk(pen, 300, 36, accent);
  for (const [x, y, radius, tall] of [
    [110, -90, 120, 400],
    [-110, 50, 140, 270],
  ] as const) {
    pen.fill(ellipse(pen.at(x + 30, y + 10, 36), radius * 1.2, radius * 0.42), shade(accent, -0.85), 0.4);
    const steps = Math.round(tall / 66);
    const profile: Point[] = [[radius * 0.6, 36 + tall]];
    for (let i = 0; i < steps; i++)
      profile.push([radius, 36 + tall - (i + 0.5) * 66 + 4], [radius * 0.86, 36 + tall - (i + 1) * 66]);
    lathe(pen, { x, y, profile, color });
    for (let i = 0; i < steps; i++) {
      const z = 36 + tall - (i + 1) * 66;
      const groove = Array.from({ length: 17 }, (_, k) => ringPoint(pen, x, y, radius * 0.88, z, -1.5 + k * 0.1875));
      pen.stroke(polygon(groove, true), shade(color, -0.6), 8, 0.36);
      const crest = Array.from({ length: 9 }, (_, k) => ringPoint(pen, x, y, radius, z + 46, -1.1 + k * 0.14));
      pen.stroke(polygon(crest, true), shade(color, 0.8), 9, 0.3);
    }
    disk(pen, radius * 0.6, 36 + tall, shade(color, 0.1), x, y);
    flame(pen, pen.at(x, y, 36 + tall), 0.9);
  }
};

export const candle: Shapes = [pillar, jarred, tapers, ribbed];

/** A burning pillar: a glowing rim, a melted pool, one run of wax. */
function wax(pen: Pen, x: number, y: number, radius: number, low: number, high: number, color: string): void {
  lathe(pen, {
    x,
    y,
    profile: [
      [radius, high],
      [radius, high],
      [radius, low],
    ],
    color,
  });
  const top = pen.at(x, y, high);
  pen.fill(
    strip(pen, { x, y, top: [radius, high], bottom: [radius, high - 200] }),
    pen.linear(
      [0, top[1]],
      [0, top[1] + 240],
      [
        [0, '#ffe3a6', 0.55],
        [1, '#ffe3a6', 0],
      ],
    ),
  );
  mouth(pen, radius, high, shade(color, 0.3), blendWax(color), 16, x, y);
  pen.fill(ellipse([top[0], top[1] + 8], radius - 30, (radius - 30) * DEPTH), '#fff0c2', 0.75);
  const [dx, dy] = ringPoint(pen, x, y, radius, high, 0.5);
  tube(
    pen,
    curve([
      [dx, dy - 2],
      [dx + 3, dy + 70],
      [dx - 2, dy + 130],
    ]),
    26,
    shade(color, 0.14),
  );
  ball(pen, [dx - 2, dy + 134], 18, shade(color, 0.14), 'glazed', 22);
}

function blendWax(color: string): string {
  return shade(color, 0.5);
}

function flame(pen: Pen, [x, y]: Point, size: number): void {
  const halo: Point = [x, y - 70 * size];
  pen.fill(
    ellipse(halo, 190 * size, 200 * size),
    pen.radial(halo, 190 * size, 200 * size, [
      [0, '#ffd98a', 0.5],
      [0.4, '#ffd98a', 0.18],
      [1, '#ffd98a', 0],
    ]),
  );
  pen.stroke(`M${x} ${y + 4}q6 ${-20 * size} 0 ${-34 * size}`, MATERIAL.ink, 7 * size);
  const tongue = (width: number, tall: number) =>
    curve(
      [
        [x, y - 16 * size],
        [x - width * size, y - tall * 0.36 * size],
        [x - 6 * size, y - tall * 0.78 * size],
        [x + 4 * size, y - tall * size],
        [x + 4 * size, y - tall * size],
        [x + width * 0.62 * size, y - tall * 0.62 * size],
        [x + width * 0.9 * size, y - tall * 0.34 * size],
      ],
      true,
    );
  pen.fill(
    tongue(34, 150),
    pen.spread(
      [0, 0],
      [0, 1],
      [
        [0, '#f6a53a'],
        [0.6, '#ffcf5e'],
        [1, '#f08a3c'],
      ],
    ),
  );
  pen.fill(
    tongue(19, 96),
    pen.spread(
      [0, 0],
      [0, 1],
      [
        [0, '#fff3c4'],
        [0.7, '#fffbe8'],
        [1, '#9fb8e0'],
      ],
    ),
  );
}
