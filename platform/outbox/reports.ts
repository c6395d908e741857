import { Arg, ID, Mutation, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { type Operation, operation } from '#platform/graphql/operation.ts';
import { log } from '#platform/telemetry/log.ts';
import { producerOf } from './event.ts';

const GATHER_MS = 100;

/** Tells producers which events were handled, gathered for a tenth of a second. A lost report is made good by the relay. */
export class Reports {
  readonly #context: () => Context;
  readonly #gathered = new Map<string, string[]>();
  #timer: NodeJS.Timeout | null = null;
  #telling: Promise<unknown> = Promise.resolve();

  constructor(context: () => Context) {
    this.#context = context;
  }

  add(topic: string, id: string): void {
    const producer = producerOf(topic);
    const ids = this.#gathered.get(producer);
    if (ids) ids.push(id);
    else this.#gathered.set(producer, [id]);
    this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  /** Also waits for what is being told already, so that a worker that stops leaves nothing half said. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const due = [...this.#gathered];
    this.#gathered.clear();
    const before = this.#telling;
    this.#telling = Promise.all([before, ...due.map(([producer, ids]) => this.#tell(producer, ids))]);
    await this.#telling;
  }

  async #tell(producer: string, ids: string[]): Promise<void> {
    await this.#context()
      .ask(eventsHandled(producer), { ids })
      .catch((reason) =>
        log.warn(
          { err: reason, producer },
          'A report of handled events got lost; the jobs run again and change nothing',
        ),
      );
  }
}

/** Tells a producer that these rows of its outbox are done with. */
export const eventsHandled = (producer: string): Operation<object, { ids: string[] }> =>
  operation(producer, `mutation($ids: [ID!]!) { ${producer}EventsHandled(ids: $ids) }`);

/** For the auditor: rows of a producer's outbox that nobody handled for more than a minute, the oldest hundred. */
export const eventsUnhandled = (producer: string): Operation<Record<string, string[]>, object> =>
  operation(producer, `query { ${producer}EventsUnhandled }`);

/** The resolver that takes reports: every subgraph with an outbox lists it among its resolvers. */
export function outboxResolver(database: {
  name: string;
  statement<Row>(name: string, text: string): (...values: unknown[]) => Promise<Row[]>;
}) {
  const done = database.statement(`${database.name}.outbox.done`, 'DELETE FROM outbox WHERE id = ANY($1::text[])');
  const unhandled = database.statement<{ id: string }>(
    `${database.name}.outbox.unhandled`,
    "SELECT id FROM outbox WHERE created_at < now() - interval '1 minute' ORDER BY created_at LIMIT 100",
  );

  @Resolver()
  class OutboxResolver {
    @Internal()
    @Mutation(() => Boolean, { name: `${database.name}EventsHandled` })
    async eventsHandled(@Arg('ids', () => [ID]) ids: string[]): Promise<boolean> {
      await done(ids);
      return true;
    }

    @Internal()
    @Query(() => [ID], { name: `${database.name}EventsUnhandled` })
    async eventsUnhandled(): Promise<string[]> {
      return (await unhandled()).map(({ id }) => id);
    }
  }
  return OutboxResolver;
}
