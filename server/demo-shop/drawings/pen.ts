/** Collects the marks of one picture and writes them as SVG; knows the camera, nothing of light. */

export type Point = readonly [x: number, y: number];
/** Offset 0 to 1, color, and opacity where it is not 1. */
export type Stop = readonly [offset: number, color: string, opacity?: number];
export type Matrix = readonly [number, number, number, number, number, number];

/** The camera looks down by about twenty degrees, without vanishing points: depth and height keep their scale. */
export const DEPTH = 0.34;
export const HEIGHT = 0.94;

export class Pen {
  /** Where the middle of the thing stands, in pixels from the top. */
  floor = 860;
  /** Hue of the ground; shadows take it on. */
  readonly hue: number;
  readonly #defs: string[] = [];
  readonly #marks: string[] = [];

  constructor(hue: number) {
    this.hue = hue;
  }

  /** The point on paper of a point in the room: x to the right, y toward us, z up, from the middle of the floor. */
  at(x: number, y: number, z: number): Point {
    return [600 + x, this.floor + y * DEPTH - z * HEIGHT];
  }

  /** Opacity goes to the paint and not to the element, for which a renderer would set up a layer of the whole picture. */
  fill(path: string, paint: string, opacity = 1): void {
    this.#marks.push(`<path d="${path}" fill="${paint}"${opacityOf('fill-opacity', opacity)}/>`);
  }

  stroke(path: string, paint: string, width: number, opacity = 1, cap: 'round' | 'butt' = 'round'): void {
    const line = `stroke="${paint}" stroke-width="${tidy(width)}" stroke-linecap="${cap}" stroke-linejoin="round"`;
    this.#marks.push(`<path d="${path}" fill="none" ${line}${opacityOf('stroke-opacity', opacity)}/>`);
  }

  linear(from: Point, to: Point, stops: readonly Stop[]): string {
    const [x1, y1, x2, y2] = [...from, ...to].map(tidy);
    return this.#gradient(
      'linearGradient',
      `gradientUnits="userSpaceOnUse" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`,
      stops,
    );
  }

  /** A linear gradient over the bounding box of whatever it fills; corners are given in parts of the box. */
  spread(from: Point, to: Point, stops: readonly Stop[]): string {
    return this.#gradient('linearGradient', `x1="${from[0]}" y1="${from[1]}" x2="${to[0]}" y2="${to[1]}"`, stops);
  }

  radial([x, y]: Point, rx: number, ry: number, stops: readonly Stop[]): string {
    const place = `translate(${tidy(x)} ${tidy(y)}) scale(${tidy(rx)} ${tidy(ry)})`;
    return this.#gradient(
      'radialGradient',
      `gradientUnits="userSpaceOnUse" cx="0" cy="0" r="1" gradientTransform="${place}"`,
      stops,
    );
  }

  /** Whatever is drawn inside shows only within the path. */
  within(path: string, draw: () => void): void {
    const id = `k${this.#defs.length}`;
    this.#defs.push(`<clipPath id="${id}"><path d="${path}"/></clipPath>`);
    this.#group(`clip-path="url(#${id})"`, draw);
  }

  /** Draws in a plane of its own: a label on the face of a box, a pattern on a table top. */
  placed(matrix: Matrix, draw: () => void): void {
    this.#group(`transform="matrix(${matrix.map((part) => Number(part.toFixed(4))).join(' ')})"`, draw);
  }

  svg(): string {
    const head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 1200" width="1200" height="1200">';
    return `${head}<defs>${this.#defs.join('')}</defs>${this.#marks.join('')}</svg>`;
  }

  #group(attributes: string, draw: () => void): void {
    this.#marks.push(`<g ${attributes}>`);
    draw();
    this.#marks.push('</g>');
  }

  #gradient(element: string, attributes: string, stops: readonly Stop[]): string {
    const id = `k${this.#defs.length}`;
    const body = stops.map(
      ([offset, color, opacity = 1]) =>
        `<stop offset="${Number(offset.toFixed(4))}" stop-color="${color}"${opacityOf('stop-opacity', opacity)}/>`,
    );
    this.#defs.push(`<${element} id="${id}" ${attributes}>${body.join('')}</${element}>`);
    return `url(#${id})`;
  }
}

/** Points written as a plain run of numbers, two by two, so that an outline stays a few lines long. */
export function pairs(numbers: readonly number[]): Point[] {
  return Array.from({ length: numbers.length / 2 }, (_, i): Point => [numbers[i * 2]!, numbers[i * 2 + 1]!]);
}

/** Straight from point to point. */
export function polygon(points: readonly Point[], open = false): string {
  return `M${points.map(([x, y]) => `${tidy(x)} ${tidy(y)}`).join('L')}${open ? '' : 'Z'}`;
}

/** Softly through every point; a point given twice is a corner. */
export function curve(points: readonly Point[], closed = false): string {
  const flow = closed ? [points.at(-1)!, ...points, points[0]!, points[1]!] : [points[0]!, ...points, points.at(-1)!];
  let path = `M${tidy(flow[1]![0])} ${tidy(flow[1]![1])}`;
  for (let i = 1; i + 2 < flow.length; i++) {
    const [a, b, c, d] = [flow[i - 1]!, flow[i]!, flow[i + 1]!, flow[i + 2]!];
    if (b[0] === c[0] && b[1] === c[1]) continue;
    const out = [b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6];
    const into = [c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6];
    path += `C${[...out, ...into, ...c].map(tidy).join(' ')}`;
  }
  return closed ? `${path}Z` : path;
}

export function ellipse([x, y]: Point, rx: number, ry: number): string {
  const [left, right, middle, a, b] = [x - rx, x + rx, y, rx, ry].map(tidy);
  return `M${left} ${middle}A${a} ${b} 0 1 1 ${right} ${middle}A${a} ${b} 0 1 1 ${left} ${middle}Z`;
}

export function roundedRect(x: number, y: number, width: number, height: number, radius: number): string {
  const r = Math.min(radius, width / 2, height / 2);
  const [right, bottom] = [x + width, y + height];
  const corner = (toX: number, toY: number) => `A${tidy(r)} ${tidy(r)} 0 0 1 ${tidy(toX)} ${tidy(toY)}`;
  return (
    `M${tidy(x + r)} ${tidy(y)}H${tidy(right - r)}${corner(right, y + r)}V${tidy(bottom - r)}` +
    `${corner(right - r, bottom)}H${tidy(x + r)}${corner(x, bottom - r)}V${tidy(y + r)}${corner(x + r, y)}Z`
  );
}

/** Many points along the soft curve through a few; a point given twice is a corner. */
export function along(points: readonly Point[], steps = 8): Point[] {
  const flow = [points[0]!, ...points, points.at(-1)!];
  const way: Point[] = [points[0]!];
  for (let i = 1; i + 2 < flow.length; i++) {
    const [a, b, c, d] = [flow[i - 1]!, flow[i]!, flow[i + 1]!, flow[i + 2]!];
    if (b[0] === c[0] && b[1] === c[1]) continue;
    for (let step = 1; step <= steps; step++) {
      const t = step / steps;
      const on = (k: 0 | 1) => {
        const [p, q] = [b[k] + (c[k] - a[k]) / 6, c[k] - (d[k] - b[k]) / 6];
        return (1 - t) ** 3 * b[k] + 3 * (1 - t) ** 2 * t * p + 3 * (1 - t) * t * t * q + t ** 3 * c[k];
      };
      way.push([on(0), on(1)]);
    }
  }
  return way;
}

/** A repeatable stream of numbers from 0 to 1, for speckles, leaves and weave. */
export function chance(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) / 4294967296;
  };
}

function tidy(value: number): number {
  return Math.round(value * 10) / 10;
}

function opacityOf(name: string, opacity: number): string {
  return opacity === 1 ? '' : ` ${name}="${Number(opacity.toFixed(3))}"`;
}
