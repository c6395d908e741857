import type { OrderViewFragment } from '#generated/graphql.ts';

type Events = NonNullable<OrderViewFragment['fulfillments']>[number]['events'];

export interface Stop {
  readonly x: number;
  readonly y: number;
  readonly place: string;
}

export interface Way {
  readonly stops: readonly Stop[];
  /** An SVG path through the stops, gently bent so that it reads as a drawn line. */
  readonly path: string;
}

export const MAP = { width: 440, height: 230, margin: 44 } as const;

// A parcel that only crosses a town should not look as if it crossed the country.
const LEAST_SPAN_DEGREES = 0.35;
const BEND = 0.14;

/** The way of a parcel as a drawing: its events' coordinates, projected, scaled to fit and centered. */
export function parcelWay(events: Events): Way {
  const stops = distinctStops(events);
  const fitted = fit(stops.map(({ latitude, longitude }) => project(latitude, longitude)));
  const drawn = fitted.map(({ x, y }, index) => ({ x, y, place: stops[index]?.place ?? '' }));
  return { stops: drawn, path: bentPath(drawn) };
}

interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
  readonly place: string;
}

function distinctStops(events: Events): readonly Coordinates[] {
  const stops: Coordinates[] = [];
  for (const { latitude, longitude, place } of events) {
    if (latitude === null || longitude === null) continue;
    const last = stops.at(-1);
    if (last && last.latitude === latitude && last.longitude === longitude) continue;
    stops.push({ latitude, longitude, place: place ?? '' });
  }
  return stops;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Mercator in degrees: north is up, and shapes keep their proportions at any latitude. */
function project(latitude: number, longitude: number): Point {
  const radians = (Math.max(-85, Math.min(85, latitude)) * Math.PI) / 180;
  return { x: longitude, y: -(Math.log(Math.tan(Math.PI / 4 + radians / 2)) * 180) / Math.PI };
}

function fit(points: readonly Point[]): readonly Point[] {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(
    (MAP.width - 2 * MAP.margin) / Math.max(right - left, LEAST_SPAN_DEGREES),
    (MAP.height - 2 * MAP.margin) / Math.max(bottom - top, LEAST_SPAN_DEGREES),
  );
  return points.map(({ x, y }) => ({
    x: round(MAP.width / 2 + (x - (left + right) / 2) * scale),
    y: round(MAP.height / 2 + (y - (top + bottom) / 2) * scale),
  }));
}

function bentPath(stops: readonly Point[]): string {
  return stops.reduce((path, stop, index) => {
    const from = stops[index - 1];
    if (!from) return `M${stop.x} ${stop.y}`;
    const side = index % 2 === 0 ? BEND : -BEND;
    const bend = {
      x: round((from.x + stop.x) / 2 + (stop.y - from.y) * side),
      y: round((from.y + stop.y) / 2 - (stop.x - from.x) * side),
    };
    return `${path}Q${bend.x} ${bend.y} ${stop.x} ${stop.y}`;
  }, '');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
