/** The way of a parcel: what the carrier says at each status, and where that is. */
export type Route = Record<'PREPARING' | 'SHIPPED' | 'OUT_FOR_DELIVERY' | 'DELIVERED', Stop>;

export interface Stop {
  message: string;
  place: string;
  latitude: number;
  longitude: number;
}

type Place = readonly [place: string, latitude: number, longitude: number];

const WORKSHOP: Place = ['Leipzig', 51.34, 12.37];
const HUB: Place = ['Kassel', 51.31, 9.49];

/** Where parcels of a country arrive when the town is not known: its capital. */
const CAPITALS: Record<string, Place> = {
  AT: ['Vienna', 48.21, 16.37],
  BE: ['Brussels', 50.85, 4.35],
  BG: ['Sofia', 42.7, 23.32],
  CY: ['Nicosia', 35.17, 33.36],
  CZ: ['Prague', 50.08, 14.43],
  DE: ['Berlin', 52.52, 13.4],
  DK: ['Copenhagen', 55.68, 12.57],
  EE: ['Tallinn', 59.44, 24.75],
  ES: ['Madrid', 40.42, -3.7],
  FI: ['Helsinki', 60.17, 24.94],
  FR: ['Paris', 48.86, 2.35],
  GR: ['Athens', 37.98, 23.73],
  HR: ['Zagreb', 45.81, 15.98],
  HU: ['Budapest', 47.5, 19.04],
  IE: ['Dublin', 53.35, -6.26],
  IT: ['Rome', 41.9, 12.5],
  LT: ['Vilnius', 54.69, 25.28],
  LU: ['Luxembourg', 49.61, 6.13],
  LV: ['Riga', 56.95, 24.11],
  MT: ['Valletta', 35.9, 14.51],
  NL: ['Amsterdam', 52.37, 4.9],
  PL: ['Warsaw', 52.23, 21.01],
  PT: ['Lisbon', 38.72, -9.14],
  RO: ['Bucharest', 44.43, 26.1],
  SE: ['Stockholm', 59.33, 18.07],
  SI: ['Ljubljana', 46.06, 14.51],
  SK: ['Bratislava', 48.15, 17.11],
};

const TOWNS: Record<string, Place> = {
  hamburg: ['Hamburg', 53.55, 9.99],
  munich: ['Munich', 48.14, 11.58],
  münchen: ['Munich', 48.14, 11.58],
  cologne: ['Cologne', 50.94, 6.96],
  köln: ['Cologne', 50.94, 6.96],
  frankfurt: ['Frankfurt', 50.11, 8.68],
  stuttgart: ['Stuttgart', 48.78, 9.18],
  dresden: ['Dresden', 51.05, 13.74],
  lyon: ['Lyon', 45.76, 4.84],
  milan: ['Milan', 45.46, 9.19],
  barcelona: ['Barcelona', 41.39, 2.17],
  graz: ['Graz', 47.07, 15.44],
  rotterdam: ['Rotterdam', 51.92, 4.48],
};

/** From the workshop over the hub to the door; a town that is not known stands where its country's capital does. */
export function parcelRoute(country: string, city: string): Route {
  const known = TOWNS[city.trim().toLowerCase()];
  const [, latitude, longitude] = known ?? CAPITALS[country] ?? HUB;
  const destination: Place = [city.trim(), latitude, longitude];
  return {
    PREPARING: stop(WORKSHOP, 'Packed at the workshop'),
    SHIPPED: stop(HUB, 'Sorted at the hub'),
    OUT_FOR_DELIVERY: stop(destination, 'On the van', -0.18),
    DELIVERED: stop(destination, 'Handed over'),
  };
}

/** `aside` puts the van a little before the door, so that the map shows it arriving. */
const stop = ([place, latitude, longitude]: Place, message: string, aside = 0): Stop => ({
  message,
  place,
  latitude: latitude + aside,
  longitude: longitude + aside,
});
