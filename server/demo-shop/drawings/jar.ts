import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { chance, curve, DEPTH, ellipse, type Pen, pairs, polygon } from './pen.ts';
import { tube } from './soft.ts';
import { across, disk, lathe, ringPoint, strip } from './solids.ts';
import { shade } from './tint.ts';

const GLASS = '#cfdcd8';

const corked: Draw = (pen, { color }) => {
  pen.floor = 860;
  castShadow(pen, { rx: 200, tall: 500 });
  glass(pen, pairs([150, 500, 160, 470, 206, 430, 214, 390, 214, 40, 196, 0]), () => {
    lathe(pen, {
      profile: pairs([206, 330, 206, 330, 206, 46, 190, 12]),
      color,
    });
    disk(pen, 206, 330, color);
    grains(pen, 206, 30, 320, color);
  });
  lathe(pen, {
    profile: pairs([162, 590, 162, 590, 146, 480]),
    color: MATERIAL.wood,
  });
  disk(pen, 162, 590, MATERIAL.wood);
  const random = chance(3);
  for (let i = 0; i < 34; i++)
    pen.fill(
      ellipse(pen.at((random() - 0.5) * 220, (random() - 0.5) * 180, 590), 4 + random() * 5, 2 + random() * 2),
      shade(MATERIAL.wood, -0.45),
      0.6,
    );
};

const crock: Draw = (pen, { color, accent = MATERIAL.wood }) => {
  pen.floor = 870;
  castShadow(pen, { rx: 220, tall: 520 });
  lathe(pen, {
    profile: pairs([176, 460, 176, 450, 230, 380, 240, 300, 236, 80, 220, 10, 210, 0]),
    color,
    finish: 'glazed',
  });
  pen.fill(strip(pen, { top: [239, 250], bottom: [238, 236] }), across(pen, 361, 839, shade(color, -0.35)));
  pen.fill(strip(pen, { top: [238, 222], bottom: [237, 180] }), across(pen, 361, 839, shade(color, -0.35)));
  lathe(pen, {
    profile: pairs([190, 506, 200, 496, 200, 462, 190, 452]),
    color: accent,
  });
  disk(pen, 190, 506, accent);
  for (const radius of [150, 104, 58])
    pen.stroke(ellipse(pen.at(8, 0, 506), radius, radius * DEPTH), shade(accent, -0.3), 3, 0.5);
  lathe(pen, {
    profile: pairs([40, 560, 44, 548, 26, 508]),
    color: accent,
  });
  disk(pen, 40, 560, accent);
};

const honey: Draw = (pen, { color, accent = MATERIAL.brass }) => {
  pen.floor = 860;
  castShadow(pen, { rx: 230, tall: 420 });
  glass(pen, pairs([180, 400, 190, 380, 236, 330, 250, 200, 226, 60, 200, 0]), () => {
    lathe(pen, {
      profile: pairs([196, 374, 228, 326, 242, 200, 218, 66, 194, 10]),
      color,
      finish: 'glazed',
    });
    pen.fill(
      ellipse(pen.at(-60, 200, 150), 150, 160),
      pen.radial(pen.at(-60, 200, 150), 150, 160, [
        [0, '#fff3c8', 0.5],
        [1, '#fff3c8', 0],
      ]),
    );
  });
  pen.fill(
    strip(pen, { top: [247, 270], bottom: [244, 110], from: -0.78, to: 0.78 }),
    across(pen, 350, 850, MATERIAL.paper),
  );
  const middle = pen.at(0, 246, 194);
  const comb = (x: number, y: number) =>
    polygon(
      Array.from(
        { length: 6 },
        (_, i) => [x + 26 * Math.sin((i * Math.PI) / 3), y + 26 * Math.cos((i * Math.PI) / 3)] as const,
      ),
    );
  for (const [dx, dy] of [
    [-50, -2],
    [0, 0],
    [50, -2],
    [-25, 43],
    [25, 43],
    [-25, -45],
    [25, -45],
  ] as const)
    pen.fill(comb(middle[0] + dx, middle[1] + dy), shade(color, dx * 0.003), 0.92);
  lathe(pen, {
    profile: pairs([194, 470, 202, 462, 202, 400, 196, 394]),
    color: accent,
    finish: 'metal',
  });
  disk(pen, 194, 470, accent);
  pen.stroke(ellipse(pen.at(0, 0, 470), 168, 168 * DEPTH), shade(accent, -0.3), 5, 0.5);
};

const bail: Draw = (pen, { color, accent = MATERIAL.clay }) => {
  pen.floor = 880;
  castShadow(pen, { rx: 170, tall: 640 });
  glass(pen, pairs([150, 560, 150, 540, 190, 490, 190, 30, 176, 0]), () => {
    lathe(pen, {
      profile: pairs([182, 440, 182, 440, 182, 30, 170, 10]),
      color,
    });
    disk(pen, 182, 440, color);
    grains(pen, 182, 20, 430, color, 11);
  });
  lathe(pen, {
    profile: pairs([160, 582, 164, 574, 164, 556, 156, 548]),
    color: accent,
  });
  lathe(pen, {
    profile: pairs([30, 646, 70, 642, 150, 612, 166, 590, 166, 580]),
    color: GLASS,
    finish: 'glazed',
  });
  tube(
    pen,
    curve([
      pen.at(-186, 0, 440),
      pen.at(-190, 0, 560),
      pen.at(-60, 0, 672),
      pen.at(60, 0, 672),
      pen.at(190, 0, 560),
      pen.at(186, 0, 440),
    ]),
    10,
    MATERIAL.steel,
    'metal',
  );
  tube(
    pen,
    curve([pen.at(-40, 170, 560), pen.at(-30, 190, 470), pen.at(30, 190, 470), pen.at(40, 170, 560)]),
    12,
    MATERIAL.steel,
    'metal',
  );
};

export const jar: Shapes = [corked, crock, honey, bail];

/** A glass wall around whatever is kept in it: a pale body, a bright left edge, a thin bright rim. */
function glass(pen: Pen, profile: readonly (readonly [number, number])[], contents: () => void): void {
  lathe(pen, { profile, color: GLASS, opacity: 0.55 });
  contents();
  const body = lathe(pen, { profile, color: GLASS, finish: 'glazed', opacity: 0.16 });
  pen.stroke(body, '#ffffff', 4, 0.5);
}

function grains(pen: Pen, radius: number, low: number, high: number, color: string, size = 7): void {
  const random = chance(size);
  for (let i = 0; i < 240; i++) {
    const angle = -1.45 + random() * 2.9;
    const [x, y] = ringPoint(pen, 0, 0, radius - 4, low + random() * (high - low), angle);
    const tone = random() > 0.5 ? 0.3 : -0.4;
    pen.fill(ellipse([x, y], size * (0.3 + 0.7 * Math.cos(angle)), size * 0.7), shade(color, tone - angle * 0.12), 0.5);
  }
}
