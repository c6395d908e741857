import { extrude, plan, sidePlane, turned } from './blocks.ts';
import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, DEPTH, ellipse, type Pen, type Point, pairs, polygon, roundedRect } from './pen.ts';
import { ball, rod, tube } from './soft.ts';
import { disk, lathe, ringPoint } from './solids.ts';
import { shade } from './tint.ts';

const TURN = 18;

const tabletop: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  pen.floor = 850;
  castShadow(pen, { rx: 400, ry: 170, tall: 340 });
  box(pen, 700, 240, 60, 20, 400, MATERIAL.wood);
  front(pen, 700, 240, () => {
    panel(pen, roundedRect(26, 44, 648, 332, 34), color);
    grille(pen, [196, 210], 136, shade(color, -0.7), accent);
    dial(pen, [410, 250], [236, 90], accent);
    for (const x of [440, 530, 620]) knob(pen, [x, 120], 34, accent);
  });
  for (const x of [-300, 300]) feet(pen, x, 100);
};

const portable: Draw = (pen, { color, accent = MATERIAL.steel }) => {
  pen.floor = 890;
  castShadow(pen, { rx: 360, ry: 130, tall: 420 });
  const antenna = turned(250, -60, TURN);
  rod(pen, [...antenna, 400], [antenna[0] + 110, antenna[1], 800], 14, MATERIAL.steel, 9, 'metal');
  ball(pen, pen.at(antenna[0] + 110, antenna[1], 806), 11, MATERIAL.steel, 'metal');
  const [a, b] = [turned(-210, 0, TURN), turned(210, 0, TURN)];
  tube(
    pen,
    curve([
      pen.at(...a, 420),
      pen.at(a[0], a[1], 540),
      pen.at(a[0] + 40, a[1] + 14, 566),
      pen.at(b[0] - 40, b[1] - 14, 566),
      pen.at(b[0], b[1], 540),
      pen.at(...b, 420),
    ]),
    28,
    MATERIAL.leather,
  );
  box(pen, 600, 170, 36, 0, 440, color);
  front(pen, 600, 170, () => {
    panel(pen, roundedRect(30, 36, 330, 368, 20), accent);
    for (let row = 0; row < 15; row++)
      for (let column = 0; column < 13; column++)
        pen.fill(ellipse([58 + column * 23, 62 + row * 23], 6.5, 6.5), shade(accent, -0.75), 0.9);
    dial(pen, [386, 300], [184, 96], MATERIAL.cream);
    knob(pen, [478, 190], 66, accent);
    for (const x of [420, 478, 536]) pen.fill(roundedRect(x - 20, 50, 40, 36, 8), shade(color, -0.55));
    for (const x of [420, 478, 536]) pen.fill(roundedRect(x - 17, 58, 34, 28, 6), accent);
  });
};

const cathedral: Draw = (pen, { color, accent = MATERIAL.brass }) => {
  pen.floor = 920;
  castShadow(pen, { rx: 280, ry: 160, tall: 560 });
  const outline = (depth: number): Point[] => {
    const arch = Array.from(
      { length: 21 },
      (_, i): Point => [-230 * Math.cos((i * Math.PI) / 20), 330 + 250 * Math.sin((i * Math.PI) / 20)],
    );
    return [[-230, 30] as const, ...arch, [230, 30] as const].map(([x, z]) => pen.at(...turned(x, depth, 20), z));
  };
  const [back, face] = [outline(-130), outline(110)];
  for (let i = 0; i + 1 < face.length; i++) {
    const lit = Math.cos((i / face.length) * Math.PI * 1.1 + 0.1);
    pen.fill(polygon([face[i]!, face[i + 1]!, back[i + 1]!, back[i]!]), shade(color, lit > 0 ? lit * 0.4 : lit * 0.5));
    pen.stroke(polygon([face[i]!, back[i]!], true), shade(color, lit > 0 ? lit * 0.4 : lit * 0.5), 2);
  }
  extrude(pen, { plan: plan(500, 290, 20, 20), from: 0, to: 34, color: shade(color, -0.2) });
  pen.fill(
    polygon(face),
    pen.spread(
      [0, 0],
      [1, 1],
      [
        [0, shade(color, 0.2)],
        [1, shade(color, -0.12)],
      ],
    ),
  );
  pen.stroke(polygon(face.slice(1, -1), true), shade(color, 0.5), 6, 0.6);
  pen.placed(sidePlane(pen, turned(-230, 110, 20), 0, 20), () => {
    const window = 'M80 300V410A150 136 0 0 0 380 410V300Z';
    pen.fill(window, shade(MATERIAL.straw, -0.1));
    pen.within(window, () => {
      for (let i = 0; i < 34; i++)
        pen.stroke(`M${60 + i * 11} 280V560M60 ${290 + i * 11}H400`, shade(MATERIAL.straw, -0.5), 2, 0.5);
    });
    pen.stroke(window, shade(color, -0.5), 10);
    for (const x of [155, 230, 305]) pen.stroke(`M${x} 300V${x === 230 ? 540 : 522}`, color, 16);
    dial(pen, [130, 180], [200, 84], MATERIAL.cream);
    for (const x of [110, 230, 350]) knob(pen, [x, 106], 32, accent);
  });
};

const speaker: Draw = (pen, { color, accent = MATERIAL.wood }) => {
  pen.floor = 890;
  castShadow(pen, { rx: 220, tall: 560 });
  lathe(pen, { profile: pairs([208, 50, 208, 6, 200, 0]), color: accent });
  const body = lathe(pen, { profile: pairs([216, 520, 224, 500, 224, 60, 214, 44]), color });
  pen.within(body, () => {
    for (let row = 0; row < 38; row++) {
      for (let i = 0; i < 27; i++) {
        const angle = -1.5 + i * 0.1154 + (row % 2) * 0.058;
        pen.fill(
          ellipse(ringPoint(pen, 0, 0, 224, 62 + row * 11.6, angle), 4.6 * Math.cos(angle) + 0.6, 4),
          shade(color, -0.62),
          0.55,
        );
      }
    }
  });
  lathe(pen, { profile: pairs([210, 556, 218, 546, 218, 512]), color: accent });
  disk(pen, 210, 556, accent);
  pen.fill(
    ellipse(pen.at(0, 0, 557), 150, 150 * DEPTH),
    pen.spread(
      [0, 0],
      [1, 1],
      [
        [0, shade(MATERIAL.ink, -0.2)],
        [1, shade(MATERIAL.ink, 0.25)],
      ],
    ),
  );
  pen.stroke(ellipse(pen.at(0, 0, 557), 150, 150 * DEPTH), shade('#e0a83a', 0.2), 6);
  tube(
    pen,
    curve([
      pen.at(-216, 0, 490),
      pen.at(-250, 30, 600),
      pen.at(-120, 90, 680),
      pen.at(120, 90, 680),
      pen.at(250, 30, 600),
      pen.at(216, 0, 490),
    ]),
    22,
    MATERIAL.leather,
  );
};

export const radio: Shapes = [tabletop, portable, cathedral, speaker];

function box(pen: Pen, width: number, depth: number, radius: number, from: number, to: number, color: string): void {
  extrude(pen, { plan: plan(width, depth, Math.min(radius, 26), TURN), from, to, color, edge: 0.4 });
}

function front(pen: Pen, width: number, depth: number, draw: () => void): void {
  pen.placed(sidePlane(pen, turned(-width / 2, depth / 2, TURN), 20, TURN), draw);
}

function panel(pen: Pen, path: string, color: string): void {
  pen.stroke(path, shade(color, -0.6), 8, 0.5);
  pen.fill(
    path,
    pen.spread(
      [0, 1],
      [1, 0],
      [
        [0, shade(color, 0.24)],
        [0.6, color],
        [1, shade(color, -0.16)],
      ],
    ),
  );
}

function grille(pen: Pen, middle: Point, radius: number, dark: string, ring: string): void {
  pen.fill(ellipse(middle, radius + 12, radius + 12), shade(ring, -0.16));
  pen.fill(ellipse(middle, radius, radius), dark);
  pen.within(ellipse(middle, radius, radius), () => {
    for (let i = -8; i <= 8; i++)
      pen.stroke(`M${middle[0] - radius} ${middle[1] + i * 17}h${radius * 2}`, shade(ring, -0.05 + i * 0.02), 8);
  });
}

function dial(pen: Pen, [x, y]: Point, [width, height]: Point, color: string): void {
  pen.fill(roundedRect(x - 7, y - 7, width + 14, height + 14, 16), MATERIAL.brass);
  pen.fill(
    roundedRect(x, y, width, height, 11),
    pen.spread(
      [0, 1],
      [1, 0],
      [
        [0, shade(color, 0.4)],
        [1, shade('#f0d089', 0.1)],
      ],
    ),
  );
  for (let i = 0; i < 15; i++)
    pen.stroke(`M${x + 18 + (i * (width - 36)) / 14} ${y + height * 0.56}v${i % 2 ? 14 : 26}`, MATERIAL.ink, 4, 0.7);
  pen.stroke(`M${x + 14} ${y + height * 0.34}h${width - 28}`, MATERIAL.ink, 3, 0.5);
  pen.stroke(`M${x + width * 0.64} ${y + 10}v${height - 20}`, '#c8453d', 6);
}

function knob(pen: Pen, [x, y]: Point, radius: number, color: string): void {
  pen.fill(ellipse([x + 4, y - 6], radius + 3, radius + 3), '#000000', 0.3);
  pen.fill(
    ellipse([x, y], radius, radius),
    pen.spread(
      [0, 1],
      [1, 0],
      [
        [0, shade(color, 0.5)],
        [0.5, color],
        [1, shade(color, -0.5)],
      ],
    ),
  );
  pen.fill(
    ellipse([x, y], radius * 0.74, radius * 0.74),
    pen.spread(
      [0, 1],
      [1, 0],
      [
        [0, shade(color, -0.12)],
        [1, shade(color, 0.24)],
      ],
    ),
  );
  pen.stroke(`M${x} ${y + radius * 0.2}v${radius * 0.44}`, MATERIAL.ink, radius * 0.12);
}

function feet(pen: Pen, x: number, y: number): void {
  const [fx, fy] = turned(x, y, TURN);
  const [px, py] = pen.at(fx, fy, 8);
  pen.fill(ellipse([px, py], 26, 12), MATERIAL.ink);
}
