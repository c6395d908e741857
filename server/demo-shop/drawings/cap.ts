import { knit } from './cloth.ts';
import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { chance, curve, DEPTH, ellipse, type Point, pairs } from './pen.ts';
import { ball, fold, form } from './soft.ts';
import { aboveMouth, across, disk, lathe, ringPoint, strip } from './solids.ts';
import { lightnessOf, shade } from './tint.ts';

const baseball: Draw = (pen, { color, accent = lightnessOf(color) > 0.75 ? MATERIAL.ink : MATERIAL.cream }) => {
  pen.floor = 780;
  castShadow(pen, { x: -30, rx: 370, ry: 250, tall: 240 });
  const brim = curve(
    pairs([270, 740, 190, 830, 210, 900, 340, 920, 520, 880, 640, 850, 640, 850, 600, 760, 420, 700]),
    true,
  );
  form(pen, brim, shade(color, -0.12), 34, 0.8);
  for (const inset of [16, 34, 52]) {
    pen.within(brim, () =>
      pen.placed([1, 0, 0, 1, inset * 0.4, -inset], () => pen.stroke(brim, shade(color, 0.45), 3, 0.35)),
    );
  }
  const crown = curve(
    pairs([
      290, 770, 290, 770, 296, 600, 380, 440, 560, 370, 740, 400, 850, 520, 890, 690, 884, 780, 884, 780, 760, 860, 600,
      872, 600, 872, 440, 800,
    ]),
    true,
  );
  form(pen, crown, color, 110, 0.9);
  pen.within(crown, () => {
    for (const seam of [
      pairs([560, 372, 470, 520, 452, 800]),
      pairs([560, 372, 680, 560, 700, 880]),
      pairs([560, 372, 800, 520, 850, 800]),
    ] as const) {
      pen.stroke(curve(seam), shade(color, -0.55), 5, 0.5);
      pen.placed([1, 0, 0, 1, -7, 0], () => pen.stroke(curve(seam), shade(color, 0.6), 3, 0.4));
    }
    pen.stroke(curve(pairs([280, 752, 440, 780, 600, 852, 760, 838, 900, 752])), shade(color, -0.3), 26, 0.5);
  });
  for (const [x, y] of [
    [610, 530],
    [790, 600],
  ] as const) {
    pen.fill(ellipse([x, y], 15, 17), shade(color, 0.3));
    pen.fill(ellipse([x, y], 9, 11), shade(color, -0.7));
  }
  pen.fill(ellipse([382, 616], 46, 62), shade(accent, -0.2));
  pen.fill(ellipse([380, 612], 44, 60), accent);
  pen.fill('M380 570L404 612L380 654L356 612Z', shade(color, -0.1));
  ball(pen, [560, 372], 24, color, 'matte', 16);
};

const beanie: Draw = (pen, { color, accent = MATERIAL.cream }) => {
  pen.floor = 850;
  castShadow(pen, { rx: 290, tall: 420 });
  const cuff = lathe(pen, {
    profile: pairs([284, 210, 304, 190, 310, 100, 302, 20, 284, 0]),
    color: shade(color, -0.06),
  });
  pen.within(cuff, () => {
    for (let rib = 0; rib < 30; rib++) {
      const line = pairs([284, 214, 304, 190, 310, 100, 302, 20, 284, 0]).map(([r, z]) =>
        ringPoint(pen, 0, 0, r!, z!, -1.5 + rib * 0.104),
      );
      pen.stroke(curve(line), shade(color, -0.6), 13, 0.3);
      pen.placed([1, 0, 0, 1, -9, 0], () => pen.stroke(curve(line), shade(color, 0.6), 8, 0.3 - rib * 0.008));
    }
  });
  pen.within(aboveMouth(pen, 286, 204), () => {
    const crown = lathe(pen, { profile: pairs([0, 520, 110, 506, 220, 410, 282, 250, 286, 120]), color });
    pen.within(crown, () => knit(pen, { x: 300, y: 320, width: 600, height: 560 }, color, 30));
  });
  const random = chance(5);
  const [x, y] = pen.at(0, 0, 580);
  ball(pen, [x, y], 98, accent);
  for (let i = 0; i < 260; i++) {
    const [angle, reach] = [random() * 6.283, Math.sqrt(random()) * 98];
    const [px, py] = [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach];
    pen.stroke(
      `M${px.toFixed(1)} ${py.toFixed(1)}l${(Math.cos(angle) * 16).toFixed(1)} ${(Math.sin(angle) * 16).toFixed(1)}`,
      shade(accent, 0.3 - ((px - x) / 98 + (py - y) / 98) * 0.28),
      5,
      0.8,
    );
  }
};

const flat: Draw = (pen, { color, accent = shade(color, -0.35) }) => {
  pen.floor = 760;
  castShadow(pen, { x: -10, rx: 380, ry: 260, tall: 150 });
  form(
    pen,
    curve(pairs([250, 770, 190, 830, 230, 872, 380, 874, 560, 846, 640, 800, 500, 740]), true),
    shade(color, -0.22),
    30,
    0.7,
  );
  form(
    pen,
    curve(pairs([320, 760, 420, 840, 640, 850, 840, 790, 900, 720, 800, 660, 400, 680]), true),
    accent,
    40,
    0.5,
  );
  const crown = curve(
    pairs([
      246, 760, 230, 690, 330, 560, 520, 490, 740, 500, 890, 580, 936, 690, 890, 770, 740, 810, 560, 806, 400, 800,
    ]),
    true,
  );
  form(pen, crown, color, 96, 0.9);
  pen.within(crown, () => {
    for (let i = -2; i < 26; i++) {
      pen.stroke(`M${200 + i * 34} 460L${60 + i * 34} 860`, shade(color, -0.55), 5, 0.22);
      pen.stroke(`M${60 + i * 34} 460L${200 + i * 34} 860`, shade(color, 0.6), 4, 0.2);
    }
    fold(pen, pairs([560, 492, 500, 600, 420, 806]), color, 26);
    fold(pen, pairs([580, 492, 740, 600, 800, 800]), color, 26);
  });
  ball(pen, [570, 494], 22, color, 'matte', 13);
};

const brimmed: Draw = (pen, { color, accent = MATERIAL.ink }) => {
  pen.floor = 800;
  castShadow(pen, { rx: 440, tall: 140 });
  const brim = lathe(pen, { profile: pairs([200, 110, 330, 80, 440, 46, 450, 34, 440, 26]), color });
  disk(pen, 447, 38, shade(color, -0.06));
  const arcs = (radius: number, height: number, tone: string) =>
    pen.stroke(ellipse(pen.at(0, 0, height), radius, radius * DEPTH), tone, 3, 0.35);
  pen.within(brim, () => {
    for (let radius = 220; radius < 450; radius += 22)
      arcs(radius, 40 + Math.max(0, 330 - radius) * 0.1, shade(color, -0.5));
    pen.fill(ellipse(pen.at(70, 30, 90), 280, 96), shade(color, -0.75), 0.28);
  });
  const crown: Point[] = pairs([0, 360, 130, 352, 196, 310, 220, 200, 236, 100]);
  const top = lathe(pen, { profile: crown, color });
  pen.within(top, () => {
    for (let z = 120; z < 350; z += 18)
      arcs(z < 310 ? 238 - (z - 100) * 0.19 : 196 - (z - 310) * 2.4, z, shade(color, -0.5));
    pen.fill(strip(pen, { top: [226, 184], bottom: [240, 96], from: -1.7, to: 1.7 }), across(pen, 362, 838, accent));
  });
  fold(pen, [pen.at(-90, 0, 356), pen.at(0, 30, 340), pen.at(90, 10, 352)], color, 30, 1.2);
};

export const cap: Shapes = [baseball, beanie, flat, brimmed];
