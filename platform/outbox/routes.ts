/** Which consumers a topic has, e.g. `{ 'orders.order-confirmed.v1': ['payments-capture'] }`. */
export type Routes = Readonly<Record<string, readonly string[]>>;

let routes: Routes = {};

/** Set once at start, from the list of subgraphs: a producer does not know who listens. */
export function setRoutes(all: Routes): void {
  routes = all;
  setAtRest(resting);
}

/** Those that are at rest are left out: see `setAtRest`. */
export const consumersOf = (topic: string): readonly string[] => awake[topic] ?? [];

let awake: Routes = {};
let resting: Routes = {};

/**
 * Which consumers have no use for a topic just now, as webhooks where nobody registered an address for it. Until it is
 * known nobody rests: an event too many changes nothing, one too few is lost.
 */
export function setAtRest(consumers: Routes): void {
  resting = consumers;
  awake = Object.fromEntries(
    Object.entries(routes).map(([topic, all]) => [topic, all.filter((each) => !resting[topic]?.includes(each))]),
  );
}

/** Every consumer of any topic, once. */
export const allConsumers = (): string[] => [...new Set(Object.values(routes).flat())].sort();
