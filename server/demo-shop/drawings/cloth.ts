/** Cloth in its ways of lying: folded, rolled, fringed, knitted. */

import { extrude, hull, plan, turned } from './blocks.ts';
import { DEPTH, ellipse, HEIGHT, type Pen, type Point, polygon } from './pen.ts';
import { shade } from './tint.ts';

/** A folded cloth: layers with their soft edges toward us. Answers the height of its top. */
export function folded(
  pen: Pen,
  cloth: {
    width: number;
    depth: number;
    layers: number;
    thick: number;
    from?: number;
    turn: number;
    color: string;
    accent?: string;
  },
): number {
  const { width, depth, layers, thick, from = 0, turn, color, accent } = cloth;
  for (let layer = 0; layer < layers; layer++) {
    const low = from + layer * thick;
    const inset = layer % 2 === 0 ? 0 : 8;
    const tone = layer % 2 === 1 && accent ? accent : color;
    const base = plan(width - inset, depth - inset, 30, turn);
    extrude(pen, {
      plan: plan(width - inset - 14, depth - inset - 14, 28, turn),
      from: low,
      to: low + 6,
      color: shade(tone, -0.55),
      edge: 0,
    });
    extrude(pen, { plan: base, from: low + 5, to: low + thick * 0.55, color: shade(tone, -0.14), edge: 0 });
    extrude(pen, { plan: base, from: low + thick * 0.5, to: low + thick, color: tone, edge: 0.35, taper: 0.985 });
  }
  return from + layers * thick;
}

/** A cloth, rug or mat rolled up and lying down; `end` draws on the disk toward us, `wrapped` around the body. */
export function roll(
  pen: Pen,
  cloth: { x?: number; y?: number; z?: number; length: number; radius: number; turn: number; color: string },
  end: () => void,
  wrapped: () => void = () => {},
): string {
  const { x = 0, y = 0, z = cloth.radius, length, radius, turn, color } = cloth;
  const rim = (along: number) => {
    const [dx, dy] = turned(along, 0, turn);
    const across = turned(0, 1, turn);
    return Array.from({ length: 40 }, (_, i): Point => {
      const [cos, sin] = [Math.cos((i * Math.PI) / 20) * radius, Math.sin((i * Math.PI) / 20) * radius];
      return pen.at(x + dx + across[0] * cos, y + dy + across[1] * cos, z + sin);
    });
  };
  const outline = `M${hull([...rim(-length / 2), ...rim(length / 2)])
    .map((p) => p.map((n) => n.toFixed(1)).join(' '))
    .join('L')}Z`;
  const [cx, cy] = pen.at(x, y, z);
  const lean = Math.abs(Math.sin((turn * Math.PI) / 180)) * 0.6;
  pen.fill(
    outline,
    pen.linear(
      [cx - radius * lean, cy - radius],
      [cx + radius * lean, cy + radius],
      [
        [0, shade(color, 0.1)],
        [0.25, shade(color, 0.26)],
        [0.5, color],
        [0.8, shade(color, -0.34)],
        [1, shade(color, -0.48)],
      ],
    ),
  );
  pen.within(outline, wrapped);
  const [ex, ey] = turned(length / 2, 0, turn);
  const [hx, hy] = turned(0, 1, turn);
  const [px, py] = pen.at(x + ex, y + ey, z);
  pen.placed([-hx, -hy * DEPTH, 0, -HEIGHT, px, py], () => {
    pen.fill(ellipse([0, 0], radius, radius), shade(color, -0.16));
    end();
  });
  return outline;
}

/** A strap or stripe around a lying roll, as far as it shows, at a distance from the roll's middle. */
export function hoop(
  pen: Pen,
  place: { x?: number; y?: number; at: number; radius: number; turn: number; width: number; color: string },
): void {
  const { x = 0, y = 0, at, radius, turn, width, color } = place;
  const [cx, cy] = turned(at, 0, turn);
  const [hx, hy] = turned(0, 1, turn);
  const back = Math.atan2(hy * HEIGHT, DEPTH);
  const arc = Array.from({ length: 30 }, (_, i): Point => {
    const angle = -back + (i / 29) * Math.PI;
    return pen.at(
      x + cx + hx * Math.cos(angle) * radius,
      y + cy + hy * Math.cos(angle) * radius,
      radius + Math.sin(angle) * radius,
    );
  });
  pen.stroke(
    polygon(arc, true),
    pen.spread(
      [0, 0],
      [0.3, 1],
      [
        [0, shade(color, 0.3)],
        [0.5, color],
        [1, shade(color, -0.4)],
      ],
    ),
    width,
    1,
    'butt',
  );
}

/** The turns of a roll seen on its end. */
export function spiral(pen: Pen, radius: number, turns: number, color: string): void {
  const points = Array.from({ length: turns * 20 }, (_, i): string => {
    const [angle, r] = [(i / 20) * Math.PI * 2, radius * (0.08 + (0.88 * i) / (turns * 20))];
    return `${(Math.cos(angle) * r).toFixed(1)} ${(Math.sin(angle) * r).toFixed(1)}`;
  });
  const path = `M${points.join('L')}`;
  pen.stroke(path, shade(color, 0.3), (radius / turns) * 0.56, 0.8);
  pen.stroke(path, shade(color, -0.55), (radius / turns) * 0.2, 0.8);
}

/** Threads hanging from an edge, from one point to another, knotted in pairs. */
export function fringe(pen: Pen, from: Point, to: Point, length: number, color: string, count = 24): void {
  for (let i = 0; i <= count; i++) {
    const t = i / count;
    const [x, y] = [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
    const sway = Math.sin(i * 2.4) * 5;
    const reach = length * (0.9 + 0.1 * Math.sin(i * 5.1));
    pen.stroke(
      `M${x.toFixed(1)} ${y.toFixed(1)}q${sway} ${(reach / 2).toFixed(1)} ${(sway * 0.5).toFixed(1)} ${reach.toFixed(1)}`,
      shade(color, i % 2 ? 0.22 : -0.2),
      6,
    );
  }
}

/** Columns of little V stitches over a box on paper; the caller clips it to the garment. */
export function knit(
  pen: Pen,
  box: { x: number; y: number; width: number; height: number },
  color: string,
  size = 22,
): void {
  const columns = Math.ceil(box.width / size);
  const stitches = (lean: number) => {
    let path = '';
    for (let column = 0; column < columns; column++) {
      for (let y = 0; y < box.height; y += size * 0.8)
        path += `M${box.x + (column + 0.5) * size + lean * size * 0.36} ${box.y + y}l${-lean * size * 0.3} ${size * 0.55}`;
    }
    return path;
  };
  pen.stroke(stitches(-1), shade(color, 0.5), size * 0.24, 0.28);
  pen.stroke(stitches(1), shade(color, -0.5), size * 0.24, 0.26);
}
