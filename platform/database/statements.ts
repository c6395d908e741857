import type { Writable } from 'node:stream';
import pg from 'pg';

const INT8 = 20;
const TYPES = {
  // Money is int8: a bigint here as in Prisma, not pg's string.
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? BigInt : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/** A statement with a name: prepared once per connection, then only executed. */
export type Statement<Row> = (...values: unknown[]) => Promise<Row[]>;

/**
 * How Postgres plans a statement: `once` for all values, or by its own weighing of `values`, which is for those whose
 * best plan depends on them, such as searches. Planning was a fifth of Postgres' work for a purchase.
 */
export type Planning = 'once' | 'values';

const PLAN_CACHE_MODE: Record<Planning, string> = { once: 'force_generic_plan', values: 'auto' };

/**
 * A few pipelined connections for single statements on the hot path: many callers share one socket, so that a step of
 * the checkout costs one round trip and no checkout from a pool. A lost connection is replaced on the next call.
 * Transactions of several statements do not belong here: others' statements would run inside them.
 */
export class PipelinedConnections {
  readonly #url: string;
  readonly #planning: Planning;
  readonly #slots: (Promise<pg.Client> | null)[];
  #next = 0;
  #closed = false;

  constructor(url: string, connections: number, planning: Planning) {
    this.#url = url;
    this.#planning = planning;
    this.#slots = Array.from({ length: connections }, () => null);
  }

  async run<Row>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    const open = this.#client();
    const client = await open;
    try {
      sendTogether(client);
      const result = await client.query({ name, text, values });
      return result.rows as Row[];
    } catch (reason) {
      // Postgres says goodbye before the socket closes: the next call must not meet a connection that is ending.
      if ((reason as { severity?: string }).severity === 'FATAL') this.#drop(open);
      throw reason;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#slots.map((slot) => slot?.then((client) => client.end()).catch(() => undefined)));
  }

  #client(): Promise<pg.Client> {
    if (this.#closed) throw new Error('The database connections are closed.');
    const at = this.#next++ % this.#slots.length;
    const open = this.#slots[at];
    if (open) return open;
    const opening = this.#connect(() => this.#drop(opening));
    this.#slots[at] = opening;
    return opening;
  }

  // A connection that breaks says so more than once: the second time its slot may hold the next one already.
  #drop(connection: Promise<pg.Client>): void {
    const at = this.#slots.indexOf(connection);
    if (at >= 0) this.#slots[at] = null;
  }

  async #connect(drop: () => void): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      pipeline: true,
      keepAlive: true,
      types: TYPES,
      options: `-c plan_cache_mode=${PLAN_CACHE_MODE[this.#planning]}`,
    } as pg.ClientConfig);
    client.on('error', drop);
    client.on('end', drop);
    try {
      await client.connect();
    } catch (reason) {
      drop();
      throw reason;
    }
    return client;
  }
}

const gathering = new WeakSet<pg.Client>();

/**
 * What is asked on a connection in one turn of the event loop goes out in one write: under load a third of a purchase's
 * CPU was writing to sockets.
 */
function sendTogether(client: pg.Client): void {
  if (gathering.has(client)) return;
  gathering.add(client);
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  setImmediate(() => {
    gathering.delete(client);
    stream.uncork();
  });
}
