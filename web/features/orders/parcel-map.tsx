import type { OrderViewFragment } from '#generated/graphql.ts';
import { MAP, parcelWay, type Stop } from './parcel-way.ts';

type Fulfillment = NonNullable<OrderViewFragment['fulfillments']>[number];

/** The way of one parcel as a small drawing; the list beneath it says the same in words. */
export function ParcelMap({ fulfillment, delivered }: { fulfillment: Fulfillment; delivered: boolean }) {
  const { stops, path } = parcelWay(fulfillment.events);
  const present = stops.at(-1);
  if (!present) return null;
  return (
    <svg
      viewBox={`0 0 ${MAP.width} ${MAP.height}`}
      className="block h-auto w-full rounded-card border border-line bg-[color-mix(in_oklch,var(--color-indigo)_6%,var(--color-card))]"
      role="img"
      aria-label={`The parcel's way: ${stops.map(({ place }) => place).join(', ')}`}
    >
      <Ground />
      <path
        d={path}
        fill="none"
        stroke="var(--color-indigo)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeDasharray="1 6"
      />
      {stops.slice(0, -1).map((stop) => (
        <circle
          key={`${stop.x} ${stop.y}`}
          cx={stop.x}
          cy={stop.y}
          r="4"
          fill="var(--color-card)"
          stroke="var(--color-indigo)"
          strokeWidth="2"
        />
      ))}
      <Present stop={present} delivered={delivered} />
      {namedStops(stops).map((stop) => (
        <PlaceName key={stop.place} stop={stop} />
      ))}
    </svg>
  );
}

/** Meridians and parallels, faint and slightly bowed: a sheet of map paper. */
function Ground() {
  const meridians = [40, 130, 220, 310, 400];
  const parallels = [40, 115, 190];
  return (
    <g fill="none" stroke="var(--color-line)" strokeWidth="1">
      {meridians.map((x) => (
        <path key={x} d={`M${x} 0Q${x + (x - MAP.width / 2) * 0.08} ${MAP.height / 2} ${x} ${MAP.height}`} />
      ))}
      {parallels.map((y) => (
        <path key={y} d={`M0 ${y}Q${MAP.width / 2} ${y + 10} ${MAP.width} ${y}`} />
      ))}
      <g transform="translate(418 28)" stroke="var(--color-muted)">
        <path d="M0 11V-9M-4 -5 0 -10 4 -5" strokeLinecap="round" strokeLinejoin="round" />
      </g>
    </g>
  );
}

function Present({ stop, delivered }: { stop: Stop; delivered: boolean }) {
  if (delivered) {
    return (
      <g transform={`translate(${stop.x} ${stop.y})`}>
        <circle r="9" fill="var(--color-leaf)" />
        <path
          d="m-3.6 .4 2.4 2.4 4.8-5.2"
          fill="none"
          stroke="var(--color-card)"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </g>
    );
  }
  return (
    <g transform={`translate(${stop.x} ${stop.y})`}>
      <circle r="14" fill="var(--color-saffron)" opacity=".25" className="animate-shimmer" />
      <circle r="7" fill="var(--color-saffron)" stroke="var(--color-card)" strokeWidth="2" />
    </g>
  );
}

function PlaceName({ stop: { x, y, place } }: { stop: Stop }) {
  const anchor = x > MAP.width * 0.75 ? 'end' : x < MAP.width * 0.25 ? 'start' : 'middle';
  return (
    <text
      x={x}
      y={y > MAP.height / 2 ? y + 25 : y - 15}
      textAnchor={anchor}
      className="fill-ink font-medium text-[15px] md:text-[12px]"
      stroke="var(--color-card)"
      strokeWidth="4"
      paintOrder="stroke"
      strokeLinejoin="round"
    >
      {place}
    </text>
  );
}

// Names closer than this would be written over each other.
const APART = 48;

/** The names worth writing: the present place always, then the first, then what still has room. */
function namedStops(stops: readonly Stop[]): readonly Stop[] {
  const named: Stop[] = [];
  for (const stop of [stops.at(-1), stops[0], ...stops.slice(1, -1)]) {
    if (!stop?.place) continue;
    const free = named.every(({ x, y, place }) => place !== stop.place && Math.hypot(x - stop.x, y - stop.y) > APART);
    if (free) named.push(stop);
  }
  return named;
}
