import { extrude, plan, sidePlane, turned } from './blocks.ts';
import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { along, curve, DEPTH, ellipse, type Pen, type Point, pairs, roundedRect } from './pen.ts';
import { tube } from './soft.ts';
import { across, disk, lathe, mouth, ringPoint, strip } from './solids.ts';
import { shade } from './tint.ts';

const looped: Draw = (pen, { color, accent = MATERIAL.leather }) => {
  pen.floor = 860;
  castShadow(pen, { rx: 270, tall: 420 });
  woven(pen, pairs([300, 420, 320, 300, 310, 140, 270, 20, 262, 0]), color, 14);
  mouth(pen, 304, 424, color, shade(color, -0.1), 20);
  rope(pen, 300, 424, color);
  for (const x of [-1, 1])
    tube(
      pen,
      curve([
        pen.at(x * 250, 150, 330),
        pen.at(x * 264, 130, 440),
        pen.at(x * 330, 60, 480),
        pen.at(x * 344, 20, 420),
        pen.at(x * 318, 40, 330),
      ]),
      24,
      accent,
    );
};

const market: Draw = (pen, { color, accent = MATERIAL.darkWood }) => {
  pen.floor = 850;
  castShadow(pen, { rx: 280, tall: 320 });
  tube(
    pen,
    curve([
      pen.at(-300, 0, 280),
      pen.at(-270, 0, 500),
      pen.at(-130, 0, 660),
      pen.at(0, 0, 700),
      pen.at(130, 0, 660),
      pen.at(270, 0, 500),
      pen.at(300, 0, 280),
    ]),
    34,
    accent,
  );
  woven(pen, pairs([350, 300, 340, 220, 270, 50, 230, 0]), color, 11);
  mouth(pen, 352, 302, color, shade(color, -0.1), 20);
  rope(pen, 350, 302, color);
};

const lidded: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  pen.floor = 920;
  castShadow(pen, { rx: 230, tall: 600 });
  const body: Point[] = pairs([250, 560, 270, 400, 262, 200, 230, 20, 224, 0]);
  const outline = woven(pen, body, color, 18);
  pen.within(outline, () => {
    pen.fill(strip(pen, { top: [272, 404], bottom: [266, 248] }), across(pen, 330, 870, accent), 0.9);
    weave(pen, body, accent, 18, [250, 400]);
  });
  lathe(pen, {
    profile: pairs([40, 690, 150, 664, 250, 610, 268, 584, 268, 556]),
    color,
  });
  for (const [radius, z] of [
    [262, 596],
    [222, 628],
    [180, 651],
    [136, 668],
    [90, 680],
  ] as const) {
    const arc = Array.from({ length: 25 }, (_, i) => ringPoint(pen, 0, 0, radius, z, -1.75 + (i * 3.5) / 24));
    pen.stroke(curve(arc), shade(color, -0.5), 5, 0.35);
  }
  lathe(pen, {
    profile: pairs([34, 740, 40, 728, 24, 684]),
    color: MATERIAL.darkWood,
  });
  disk(pen, 34, 740, MATERIAL.darkWood);
};

const crate: Draw = (pen, { color, accent = MATERIAL.leather }) => {
  pen.floor = 860;
  castShadow(pen, { rx: 330, tall: 320 });
  const turn = 24;
  const [width, depth, height] = [520, 380, 320];
  extrude(pen, { plan: plan(width, depth, 30, turn), from: 0, to: height, color, edge: 0 });
  const inner = plan(width - 50, depth - 50, 24, turn).map(([x, y]) => pen.at(x, y, height));
  pen.fill(
    `M${inner.map((p) => p.join(' ')).join('L')}Z`,
    pen.spread(
      [0, 0],
      [1, 1],
      [
        [0, shade(color, -0.6)],
        [1, shade(color, -0.3)],
      ],
    ),
  );
  const side = (corner: Point, length: number, angle: number, tone: number) =>
    pen.placed(sidePlane(pen, corner, 0, angle), () => {
      pen.within(roundedRect(4, 0, length - 8, height, 8), () => {
        for (let cell = 0; cell < 10 * Math.ceil(length / 32); cell++) {
          const [row, x] = [cell % 10, Math.floor(cell / 10) * 32 + (cell % 2) * 16];
          pen.stroke(`M${x} ${row * 32 + 18}h14`, shade(color, tone + 0.3), 20, 0.5);
          pen.stroke(`M${x + 15} ${row * 32 + 8}v20`, shade(color, tone - 0.5), 6, 0.35);
        }
      });
      pen.stroke(`M${length / 2 - 50} ${height - 86}q0 -10 10 -10h80q10 0 10 10`, accent, 26);
      pen.stroke(`M${length / 2 - 50} ${height - 84}q0 -10 10 -10h80q10 0 10 10`, shade(accent, 0.4), 8, 0.6);
    });
  side(turned(-width / 2, depth / 2, turn), width, turn, 0);
  side(turned(width / 2, depth / 2, turn), depth, turn - 90, -0.25);
};

export const basket: Shapes = [looped, market, lidded, crate];

function woven(pen: Pen, profile: readonly Point[], color: string, rows: number): string {
  const body = lathe(pen, { profile, color });
  pen.within(body, () => weave(pen, profile, color, rows));
  return body;
}

/** Over and under: short bright humps in offset rows around the body, a dark gap under each row. */
function weave(pen: Pen, profile: readonly Point[], color: string, rows: number, only?: Point): void {
  const rings = along(profile, 24);
  const [top, foot] = [rings[0]![1], rings.at(-1)![1]];
  const pitch = (top - foot) / rows;
  for (let row = 0; row < rows; row++) {
    const height = top - (row + 0.5) * pitch;
    if (only && (height < only[0] || height > only[1])) continue;
    const [radius] = rings.reduce((best, ring) =>
      Math.abs(ring[1] - height) < Math.abs(best[1] - height) ? ring : best,
    );
    const arc = (from: number, to: number, lift = 0) =>
      curve([0, 0.5, 1].map((t) => ringPoint(pen, 0, 0, radius, height + lift, from + (to - from) * t)));
    pen.stroke(arc(-1.6, 1.6, -pitch * 0.5), shade(color, -0.65), 4, 0.3);
    for (let i = 0; i < 15; i++) {
      const angle = -1.62 + i * 0.224 + (row % 2) * 0.112;
      pen.stroke(arc(angle, angle + 0.13), shade(color, 0.34 - (angle + 1.6) * 0.22), pitch * 0.62, 0.55);
    }
  }
}

/** The braided rim. */
function rope(pen: Pen, radius: number, height: number, color: string): void {
  pen.stroke(ellipse(pen.at(0, 0, height), radius - 4, (radius - 4) * DEPTH), shade(color, 0.12), 22);
  for (let i = 0; i < 56; i++) {
    const [a, b] = [
      ringPoint(pen, 0, 0, radius - 14, height - 6, i * 0.1122),
      ringPoint(pen, 0, 0, radius + 4, height + 6, i * 0.1122 + 0.07),
    ];
    pen.stroke(`M${a.join(' ')}L${b.join(' ')}`, shade(color, -0.5), 4, 0.4);
  }
}
