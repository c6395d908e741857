/** Which consumers a topic has, e.g. `{ 'orders.order-confirmed.v1': ['payments-capture'] }`. */
export type Routes = Readonly<Record<string, readonly string[]>>;

let routes: Routes = {};

/** Set once at start, from the list of subgraphs: a producer does not know who listens. */
export function setRoutes(all: Routes): void {
  routes = all;
}

export const consumersOf = (topic: string): readonly string[] => routes[topic] ?? [];

/** Every consumer of any topic, once. */
export const allConsumers = (): string[] => [...new Set(Object.values(routes).flat())].sort();
