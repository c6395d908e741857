import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { DEPTH, ellipse, type Pen, type Point, pairs, polygon } from './pen.ts';
import { ball, tube } from './soft.ts';
import { disk, lathe, mouth } from './solids.ts';
import { shade } from './tint.ts';

const GLOW = '#fff0c4';

const shaded: Draw = (pen, { color, accent = MATERIAL.wood }) => {
  pen.floor = 960;
  castShadow(pen, { rx: 150, tall: 640 });
  lathe(pen, {
    profile: pairs([20, 420, 20, 380, 60, 340, 128, 220, 120, 130, 70, 60, 110, 30, 130, 20, 130, 0]),
    color: accent,
    finish: 'glazed',
  });
  lathe(pen, {
    profile: [
      [10, 480],
      [10, 400],
    ],
    color: MATERIAL.brass,
    finish: 'metal',
  });
  pen.fill(ellipse(pen.at(0, 0, 450), 300, 300 * DEPTH), shade(GLOW, -0.1));
  lathe(pen, {
    profile: pairs([170, 800, 170, 800, 300, 450]),
    color,
  });
  pen.fill(ellipse(pen.at(-20, 60, 560), 190, 200), glow(pen, pen.at(-20, 60, 560), 190, 200, 0.55));
  mouth(pen, 170, 800, color, GLOW, 6);
};

const desk: Draw = (pen, { color, accent = MATERIAL.brass }) => {
  pen.floor = 960;
  castShadow(pen, { x: -120, rx: 150, tall: 300 });
  lathe(pen, {
    x: -120,
    profile: pairs([140, 40, 150, 30, 150, 0]),
    color,
    finish: 'glazed',
  });
  disk(pen, 140, 40, color, -120);
  const [foot, elbow, wrist] = [pen.at(-120, 0, 40), pen.at(-280, 0, 430), pen.at(120, 0, 740)];
  tube(pen, polygon([foot, elbow], true), 22, accent, 'metal');
  tube(pen, polygon([elbow, wrist], true), 22, accent, 'metal');
  for (const joint of [elbow, wrist]) ball(pen, joint, 26, color, 'glazed');
  const pool = pen.at(270, 60, 0);
  pen.fill(ellipse(pool, 330, 120), glow(pen, pool, 330, 120, 0.95));
  pen.placed([0.89, 0.46, -0.46, 0.89, wrist[0], wrist[1]], () => shadeHead(pen, color));
};

const mushroom: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  pen.floor = 900;
  castShadow(pen, { rx: 190, tall: 560 });
  lathe(pen, {
    profile: pairs([60, 420, 60, 420, 70, 200, 170, 40, 190, 16, 190, 0]),
    color: accent,
    finish: 'glazed',
  });
  pen.fill(
    ellipse(pen.at(0, 0, 390), 318, 318 * DEPTH),
    pen.radial(pen.at(0, 0, 390), 318, 110, [
      [0, '#fffbe8'],
      [0.4, GLOW],
      [1, shade(color, -0.2)],
    ]),
  );
  lathe(pen, {
    profile: pairs([0, 650, 90, 640, 210, 580, 290, 490, 322, 390]),
    color,
    finish: 'glazed',
  });
  pen.fill(ellipse(pen.at(0, 120, 190), 190, 130), glow(pen, pen.at(0, 120, 190), 190, 130, 0.6));
};

const pendant: Draw = (pen, { color, accent = MATERIAL.brass }) => {
  tube(pen, 'M600 0V380', 9, MATERIAL.ink);
  pen.floor = 1010;
  pen.fill(ellipse(pen.at(0, 0, 200), 318, 318 * DEPTH), shade(GLOW, -0.15));
  ball(pen, pen.at(0, 60, 190), 96, '#fff3cf', 'glazed');
  pen.fill(ellipse(pen.at(0, 0, -20), 520, 300), glow(pen, pen.at(0, 0, -20), 520, 300, 0.9));
  pen.floor = 1006;
  lathe(pen, {
    profile: pairs([40, 620, 64, 600, 84, 500, 150, 420, 270, 330, 320, 230, 322, 205]),
    color,
    finish: 'glazed',
  });
  lathe(pen, {
    profile: pairs([24, 680, 30, 670, 48, 640, 48, 610]),
    color: accent,
    finish: 'metal',
  });
  disk(pen, 26, 680, accent);
};

export const lamp: Shapes = [shaded, desk, mushroom, pendant];

function glow(pen: Pen, center: Point, rx: number, ry: number, strength: number): string {
  return pen.radial(center, rx, ry, [
    [0, GLOW, strength],
    [0.5, GLOW, strength * 0.4],
    [1, GLOW, 0],
  ]);
}

/** The bell of the desk lamp, drawn hanging straight from its joint; the caller tilts it. */
function shadeHead(pen: Pen, color: string): void {
  pen.floor = 200;
  const x = -600;
  pen.fill(
    ellipse([0, 200], 152, 46),
    pen.radial([0, 205], 152, 46, [
      [0, '#fffdf0'],
      [0.5, GLOW],
      [1, shade(GLOW, -0.25)],
    ]),
  );
  lathe(pen, {
    x,
    profile: pairs([44, 224, 52, 214, 60, 150, 120, 80, 152, 0]),
    color,
    finish: 'glazed',
  });
  disk(pen, 44, 224, color, x);
}
