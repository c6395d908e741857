import { extrude, levelPlane, plan, turned } from './blocks.ts';
import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, DEPTH, ellipse, type Pen, type Point, pairs } from './pen.ts';
import { form, rod, type Spot, tube } from './soft.ts';
import { shade } from './tint.ts';

const TURN = 28;

const slatted: Draw = (pen, { color }) => {
  pen.floor = 960;
  castShadow(pen, { rx: 220, tall: 560, legs: true });
  const far = shade(color, -0.22);
  for (const x of [-150, 150]) rod(pen, spot(x, -150, 370), spot(x, -170, 0), 34, far, 24);
  for (const z of [460, 560, 660]) rail(pen, [-156, -172], [156, -172], z, 62, color);
  for (const x of [-156, 156]) rod(pen, spot(x, -176, 740), spot(x, -150, 350), 26, color, 34);
  for (const x of [-150, 150]) rod(pen, spot(x, 150, 370), spot(x, 158, 0), 34, color, 24);
  rod(pen, spot(-152, 150, 160), spot(-152, -150, 160), 18, far);
  rod(pen, spot(-150, 154, 210), spot(150, 154, 210), 18, color);
  extrude(pen, { plan: plan(380, 360, 40, TURN), from: 350, to: 384, color });
};

const armchair: Draw = (pen, { color, accent = MATERIAL.darkWood }) => {
  pen.floor = 900;
  castShadow(pen, { rx: 320, tall: 380 });
  for (const [x, y] of [
    [-220, 190],
    [220, 190],
    [220, -190],
    [-220, -190],
  ] as const)
    rod(pen, spot(x, y, 90), spot(x * 1.06, y * 1.06, 0), 34, accent, 20);
  const part = (
    width: number,
    depth: number,
    x: number,
    y: number,
    from: number,
    to: number,
    tone = color,
    radius = 60,
  ) => {
    const [px, py] = turned(x, y, TURN);
    extrude(pen, { plan: plan(width, depth, radius, TURN, px, py), from, to, color: tone, edge: 0.14 });
  };
  part(560, 130, 0, -190, 80, 600);
  part(110, 440, -240, 20, 80, 390);
  part(500, 440, 0, 20, 80, 230, shade(color, -0.08));
  part(370, 350, 0, 40, 230, 310, shade(color, 0.08), 70);
  const [cx, cy] = turned(0, -60, TURN);
  const [x, y] = pen.at(cx, cy, 420);
  form(
    pen,
    curve(
      [
        [x - 120, y - 60],
        [x + 40, y - 80],
        [x + 96, y - 30],
        [x + 110, y + 84],
        [x - 20, y + 92],
        [x - 120, y + 70],
      ],
      true,
    ),
    shade(MATERIAL.cream, -0.04),
    60,
    0.6,
  );
  part(110, 440, 240, 20, 80, 390);
};

const shell: Draw = (pen, { color, accent = MATERIAL.wood }) => {
  pen.floor = 950;
  castShadow(pen, { rx: 230, tall: 480, legs: true });
  for (const [x, y] of [
    [150, -140],
    [-150, -140],
    [-150, 140],
    [150, 140],
  ] as const)
    rod(pen, [x * 0.4, y * 0.4, 340], [x * 1.15, y * 1.15, 0], 26, y < 0 ? shade(accent, -0.2) : accent, 18);
  const back: Point[] = pairs([420, 560, 416, 330, 470, 214, 600, 184, 730, 214, 790, 330, 800, 560]);
  form(pen, curve([...back, [760, 640], [600, 660], [450, 640]], true), shade(color, -0.05), 90, 0.7);
  pen.fill(ellipse([600, 560], 170, 60), shade(color, -0.7), 0.28);
  pen.fill(ellipse([600, 556], 120, 40), shade(color, -0.7), 0.2);
  form(
    pen,
    curve(
      pairs([
        404, 420, 378, 500, 396, 600, 480, 668, 600, 686, 720, 668, 812, 600, 826, 500, 800, 420, 780, 520, 700, 584,
        600, 600, 500, 584, 426, 520,
      ]),
      true,
    ),
    color,
    60,
    1,
  );
};

const bentwood: Draw = (pen, { color, accent = MATERIAL.straw }) => {
  pen.floor = 960;
  castShadow(pen, { rx: 210, tall: 560, legs: true });
  const far = shade(color, -0.25);
  const bend = (points: readonly Spot[], width: number, tone = color) =>
    tube(pen, curve(points.map((p) => pen.at(...p))), width, tone, 'matte');
  bend(
    [
      [-150, -120, 360],
      [-176, -150, 0],
    ],
    26,
    far,
  );
  bend(
    [
      [150, -120, 360],
      [176, -150, 0],
    ],
    26,
    far,
  );
  bend(
    [
      [-164, -110, 340],
      [-184, -140, 580],
      [-110, -150, 736],
      [0, -152, 770],
      [110, -150, 736],
      [184, -140, 580],
      [164, -110, 340],
    ],
    30,
  );
  bend(
    [
      [-96, -120, 370],
      [-104, -140, 540],
      [0, -146, 650],
      [104, -140, 580],
      [96, -120, 370],
    ],
    22,
  );
  bend(
    [
      [-120, 130, 350],
      [-176, 176, 0],
    ],
    28,
  );
  bend(
    [
      [120, 130, 350],
      [176, 176, 0],
    ],
    28,
  );
  pen.stroke(ellipse(pen.at(0, 10, 190), 152, 152 * DEPTH), shade(color, -0.3), 16);
  extrude(pen, { plan: plan(410, 400, 200), from: 350, to: 386, color });
  pen.fill(
    ellipse(pen.at(0, 0, 386), 158, 158 * DEPTH),
    pen.linear(
      [440, 0],
      [760, 0],
      [
        [0, shade(accent, 0.2)],
        [1, shade(accent, -0.15)],
      ],
    ),
  );
  pen.within(ellipse(pen.at(0, 0, 386), 158, 158 * DEPTH), () =>
    pen.placed(levelPlane(pen, [0, 0], 386, 45), () => {
      for (let i = -160; i <= 160; i += 20) {
        pen.stroke(`M${i} -200V200`, shade(accent, -0.45), 4, 0.5);
        pen.stroke(`M-200 ${i}H200`, shade(accent, 0.5), 4, 0.5);
      }
    }),
  );
};

export const chair: Shapes = [slatted, armchair, shell, bentwood];

function spot(x: number, y: number, z: number): Spot {
  return [...turned(x, y, TURN), z];
}

/** A bowed board between the posts of the back. */
function rail(pen: Pen, from: Point, to: Point, height: number, width: number, color: string): void {
  const [a, b] = [turned(...from, TURN), turned(...to, TURN)];
  const bow = turned(0, from[1] - 30, TURN);
  const edge = (z: number): Point[] => [pen.at(...a, z), pen.at(...bow, z), pen.at(...b, z)];
  const [upper, lower] = [edge(height + width / 2), edge(height - width / 2)];
  const path = `${curve(upper)}L${lower[2]!.join(' ')}${curve([...lower].reverse()).replace('M', 'L')}Z`;
  pen.fill(
    path,
    pen.spread(
      [0, 0],
      [1, 0.4],
      [
        [0, shade(color, 0.16)],
        [0.5, color],
        [1, shade(color, -0.2)],
      ],
    ),
  );
  pen.stroke(curve(upper), shade(color, 0.6), 4, 0.5);
}
