import { castShadow } from './ground.ts';
import type { Draw, Shapes } from './look.ts';
import { MATERIAL } from './material.ts';
import { curve, ellipse, type Pen, type Point, pairs } from './pen.ts';
import { ball, form, tube } from './soft.ts';
import { across, disk, lathe, mouth, ringPoint, strip } from './solids.ts';
import { shade } from './tint.ts';

const round: Draw = (pen, { color, accent = MATERIAL.wood }) => {
  pen.floor = 830;
  castShadow(pen, { rx: 240, tall: 420 });
  tube(pen, raised(pen, pairs([-190, 320, -330, 350, -390, 240, -330, 130, -200, 110])), 42, color);
  spout(pen, pairs([150, 190, 270, 230, 330, 350, 392, 380, 398, 346, 362, 300, 310, 170, 180, 70]), color);
  lathe(pen, {
    profile: pairs([110, 410, 120, 400, 220, 320, 262, 210, 220, 80, 150, 10, 146, 0]),
    color,
    finish: 'glazed',
  });
  lathe(pen, {
    profile: pairs([20, 452, 60, 446, 112, 418, 116, 402]),
    color,
    finish: 'glazed',
  });
  lathe(pen, {
    profile: [
      [16, 470],
      [20, 440],
    ],
    color: accent,
  });
  ball(pen, pen.at(0, 0, 486), 34, accent, 'glazed', 30);
};

const tall: Draw = (pen, { color, accent = MATERIAL.wood }) => {
  pen.floor = 870;
  castShadow(pen, { rx: 190, tall: 600 });
  spout(pen, pairs([120, 420, 190, 470, 236, 560, 270, 566, 268, 536, 240, 450, 150, 290]), color);
  tube(pen, raised(pen, pairs([-150, 500, -280, 500, -280, 500, -290, 490, -250, 170, -250, 170])), 40, accent);
  lathe(pen, {
    profile: pairs([150, 560, 150, 560, 204, 30, 204, 30, 196, 0]),
    color,
    finish: 'glazed',
  });
  pen.fill(strip(pen, { top: [199, 74], bottom: [203, 40] }), across(pen, 397, 803, shade(color, -0.2)));
  lathe(pen, {
    profile: pairs([120, 612, 150, 598, 158, 584, 158, 560]),
    color,
    finish: 'glazed',
  });
  lathe(pen, {
    profile: pairs([36, 668, 36, 668, 30, 606]),
    color: accent,
  });
  disk(pen, 36, 668, accent);
};

const iron: Draw = (pen, { color, accent = MATERIAL.iron }) => {
  pen.floor = 800;
  castShadow(pen, { rx: 300, tall: 260 });
  tube(
    pen,
    raised(pen, pairs([-250, 200, -262, 360, -150, 500, 0, 540, 150, 500, 262, 360, 250, 200])),
    26,
    accent,
    'metal',
  );
  spout(pen, pairs([220, 190, 310, 230, 352, 320, 396, 320, 392, 280, 350, 180, 250, 90]), color);
  lathe(pen, {
    profile: pairs([140, 290, 160, 288, 280, 230, 316, 150, 270, 50, 200, 6, 190, 0]),
    color,
  });
  for (const height of [206, 182, 158, 134, 110]) studs(pen, height, color);
  lathe(pen, {
    profile: pairs([30, 326, 90, 320, 140, 300, 144, 286]),
    color,
  });
  ball(pen, pen.at(0, 0, 344), 28, accent, 'glazed');
};

const gooseneck: Draw = (pen, { color, accent = MATERIAL.wood }) => {
  pen.floor = 850;
  castShadow(pen, { rx: 230, tall: 460 });
  tube(pen, raised(pen, pairs([-130, 400, -290, 470, -350, 360, -330, 200, -310, 130])), 38, accent);
  tube(pen, raised(pen, pairs([190, 100, 300, 130, 300, 300, 330, 440, 400, 470])), 34, color, 'metal');
  lathe(pen, {
    profile: pairs([120, 420, 140, 380, 200, 150, 250, 50, 250, 50, 250, 16, 236, 0]),
    color,
    finish: 'metal',
  });
  mouth(pen, 122, 420, color, color, 6);
  lathe(pen, {
    profile: pairs([0, 500, 50, 488, 106, 446, 130, 420, 130, 410]),
    color,
    finish: 'metal',
  });
  lathe(pen, {
    profile: pairs([26, 548, 30, 530, 14, 492]),
    color: accent,
    finish: 'glazed',
  });
  disk(pen, 26, 548, accent);
};

export const teapot: Shapes = [round, tall, iron, gooseneck];

function raised(pen: Pen, points: readonly Point[]): string {
  return curve(points.map(([x, z]) => pen.at(x, 0, z)));
}

function spout(pen: Pen, points: readonly Point[], color: string): void {
  form(
    pen,
    curve(
      points.map(([x, z]) => pen.at(x, 0, z)),
      true,
    ),
    color,
    70,
    0.8,
  );
  const [tip, lip] = [points.length === 8 ? points[3]! : points[3]!, points[4]!];
  const [a, b] = [pen.at(tip[0], 0, tip[1]), pen.at(lip[0], 0, lip[1])];
  pen.fill(ellipse([(a[0] + b[0]) / 2 - 4, (a[1] + b[1]) / 2 - 4], 14, 9), shade(color, -0.6));
}

/** Cast-iron pimples, smaller where the belly turns away. */
function studs(pen: Pen, height: number, color: string): void {
  const radius = 316 - Math.abs(height - 150) * (height > 150 ? 0.55 : 0.3);
  for (let i = 0; i < 23; i++) {
    const angle = -1.4 + (i * 2.8) / 22 + (height % 48 === 14 ? 0.06 : 0);
    const [x, y] = ringPoint(pen, 0, 0, radius, height, angle);
    const width = 3 + 7 * Math.cos(angle);
    pen.fill(ellipse([x + 2, y + 3], width, 8), shade(color, -0.6), 0.7);
    pen.fill(ellipse([x - 1, y - 2], width * 0.8, 6), shade(color, 0.35 - (angle + 1.4) * 0.16));
  }
}
