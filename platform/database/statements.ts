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
 * A few pipelined connections for single statements on the hot path: many callers share one socket, so that a step of
 * the checkout costs one round trip and no checkout from a pool. A lost connection is replaced on the next call.
 * Transactions of several statements do not belong here: others' statements would run inside them.
 */
export class PipelinedConnections {
  readonly #url: string;
  readonly #slots: (Promise<pg.Client> | null)[];
  #next = 0;

  constructor(url: string, connections: number) {
    this.#url = url;
    this.#slots = Array.from({ length: connections }, () => null);
  }

  async run<Row>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    const client = await this.#client();
    const result = await client.query({ name, text, values });
    return result.rows as Row[];
  }

  async close(): Promise<void> {
    const open = this.#slots.splice(0);
    await Promise.all(open.map((slot) => slot?.then((client) => client.end()).catch(() => undefined)));
  }

  #client(): Promise<pg.Client> {
    if (this.#slots.length === 0) throw new Error('The database connections are closed.');
    const at = this.#next++ % this.#slots.length;
    this.#slots[at] ??= this.#connect(at);
    return this.#slots[at];
  }

  async #connect(at: number): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      pipeline: true,
      keepAlive: true,
      types: TYPES,
    } as pg.ClientConfig);
    const drop = () => {
      this.#slots[at] = null;
    };
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
