import { randomUUID } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import type { Viewer } from '#platform/auth/viewer.ts';
import { Context } from '#platform/graphql/context.ts';
import { formatSubgraphError } from '#platform/graphql/format-error.ts';
import type { ExecutableSubgraph } from '#platform/graphql/subgraph-executor.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import type { OutboxRow } from '#platform/outbox/announce.ts';
import type { Event } from '#platform/outbox/event.ts';
import { setAtRest, setRoutes } from '#platform/outbox/routes.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { localTransport } from '#platform/transport/local.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { WEBHOOKS_CONSUMER } from '#subgraphs/notifications/contracts/webhooks-at-rest.ts';
import { orders } from '#subgraphs/orders/subgraph.ts';
import { payments } from '#subgraphs/payments/subgraph.ts';
import { eventRoutes } from '#subgraphs/subgraphs.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { Neighbors } from './neighbors.ts';

export interface Placing {
  order: {
    id: string;
    number: string;
    status: string;
    paymentStatus: string;
    version: number;
    cost: { total: { amount: string } };
  } | null;
  accessToken: string | null;
  nextAction: { type: string; url: string } | null;
  userErrors: {
    code: string;
    message: string;
    path: string[] | null;
    available: number | null;
    retryAfterSeconds: number | null;
  }[];
}

export interface PlaceInput {
  cartId: string;
  idempotencyKey?: string;
  expectedTotal?: string;
  expectedVersion?: number;
  token?: string | null;
  giftCards?: string[];
  expectedPayment?: string;
}

/** A question between subgraphs: it can be watched, held up or made to fail. */
export interface Asked {
  readonly field: string;
  readonly variables: Record<string, unknown>;
}

/** Orders and payments on real databases; carts, inventory and shipping are fakes. */
export interface Desk {
  readonly neighbors: Neighbors;
  /** How orders and payments ask each other and the neighbors. */
  readonly asking: SubgraphTransport;
  /** Called before and after every question between subgraphs; what it throws, the one who asked gets. */
  onAsk: ((asked: Asked, when: 'before' | 'after') => Promise<void> | void) | null;
  ask<Data = Record<string, unknown>>(
    query: string,
    variables?: object,
    viewer?: Viewer | null,
  ): Promise<{ data?: Data | null; errors?: ExecutionResult['errors'] }>;
  place(input: PlaceInput, viewer?: Viewer | null): Promise<Placing>;
  /** What a worker of orders does: sweeping. */
  startSweeping(): Running;
  /** Hands every announced event to its listeners among orders and payments, `times` times each, until none is left. */
  deliver(times?: number): Promise<OutboxRow[]>;
  hand(consumer: string, event: Event<object>): Promise<void>;
  sql<Row>(of: 'orders' | 'payments', text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export const customer = (customerId: string, ...scopes: string[]): Viewer => ({
  customerId,
  scopes,
  sessionId: 'ses_1',
});

export async function openDesk(): Promise<Desk> {
  const routes = eventRoutes();
  setRoutes(routes);
  // Nobody has registered an endpoint of webhooks.
  setAtRest(Object.fromEntries(Object.keys(routes).map((topic) => [topic, [WEBHOOKS_CONSUMER]])));
  const subgraphs = { orders, payments };
  const closing = await Promise.all(Object.values(subgraphs).map(({ database }) => openTestDatabase(database)));
  const neighbors = new Neighbors();
  const executable: Record<string, ExecutableSubgraph> = {};
  const local = localTransport(executable);

  const transport: SubgraphTransport = {
    ...local,
    async query(subgraph, request, identity) {
      const field = /\{\s*(\w+)/.exec(request.query)?.[1] ?? '';
      const asked = { field, variables: request.variables ?? {} };
      await desk.onAsk?.(asked, 'before');
      const answer = neighbors.answers[field];
      const result = answer
        ? { data: structuredClone(answer(asked.variables as never, identity.viewer)) as Record<string, unknown> }
        : await local.query(subgraph, request, identity);
      await desk.onAsk?.(asked, 'after');
      return result;
    },
  };
  for (const [name, parts] of Object.entries(subgraphs)) {
    const { schema } = await buildSubgraph(parts);
    executable[name] = {
      schema,
      contextFor: (identity) => new Context(name, transport, identity),
      formatError: formatSubgraphError,
    };
  }
  const contextOf = (name: string) => (viewer: Viewer | null) => new Context(name, transport, { viewer, caller: name });
  const listeners = Object.entries(subgraphs).flatMap(([name, { listeners }]) =>
    listeners.map((listener) => ({ name, listener })),
  );

  const desk: Desk = {
    neighbors,
    asking: transport,
    onAsk: null,
    ask: async (query, variables = {}, viewer = null) =>
      (await local.query('orders', { query, variables: { ...variables } }, { viewer, caller: 'router' })) as never,
    async place({ token = 'pm_card_visa', idempotencyKey = randomUUID(), ...input }, viewer = null) {
      const payment = token === null ? {} : { payment: { token } };
      const { data, errors } = await desk.ask<{ orderPlace: Placing }>(
        PLACE,
        { input: { ...input, idempotencyKey, ...payment } },
        viewer,
      );
      if (errors || !data) throw new Error(JSON.stringify(errors));
      return data.orderPlace;
    },
    startSweeping() {
      const running = orders.startWork?.(contextOf('orders')) ?? [];
      return { stop: async () => void (await Promise.all(running.map((each) => each.stop()))) };
    },
    async deliver(times = 1) {
      const delivered: OutboxRow[] = [];
      for (;;) {
        const rows = (
          await Promise.all(
            (['orders', 'payments'] as const).map((of) => desk.sql<OutboxRow>(of, 'SELECT * FROM outbox')),
          )
        ).flat();
        if (rows.length === 0) return delivered;
        for (const row of rows) {
          const event = { id: row.id.slice(0, row.id.indexOf('-')), topic: row.topic, payload: row.payload };
          await Promise.all(Array.from({ length: times }, () => desk.hand(row.consumer, event)));
          delivered.push(row);
        }
        for (const of of ['orders', 'payments'] as const)
          await desk.sql(of, 'DELETE FROM outbox WHERE id = ANY($1)', [rows.map(({ id }) => id)]);
      }
    },
    async hand(consumer, event) {
      const found = listeners.find(({ listener }) => listener.consumer === consumer);
      await found?.listener.handle([event] as never, contextOf(found.name)(null));
    },
    sql: async (of, text, values = []) =>
      subgraphs[of].database.transaction(async (client) => (await client.query(text, values)).rows),
    close: async () => {
      await local.close();
      await Promise.all(closing.map((close) => close()));
    },
  };
  return desk;
}

const PLACE = `mutation($input: OrderPlaceInput!) { orderPlace(input: $input) {
  order { id number status paymentStatus version cost { total { amount } } } accessToken nextAction { type url }
  userErrors { code message path available retryAfterSeconds } } }`;
