import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { openPool } from './pool.ts';
import { nameOfStatement } from './statement-names.ts';
import { PipelinedConnections, type Planning, type Statement } from './statements.ts';

/** What Souk needs of a generated Prisma client. */
interface PrismaClientLike {
  $connect(): Promise<void>;
  $disconnect(): Promise<void>;
}

/** What every generated client is constructed with. */
export interface PrismaOptions {
  adapter: PrismaPg;
  transactionOptions: { maxWait: number; timeout: number };
}

/**
 * One subgraph's own database. `prisma` does the ordinary reads and writes; `statement` is for the hot path, one
 * named statement each. Declared at import, opened by whoever starts the subgraph.
 */
export class Database<Client extends PrismaClientLike> {
  readonly name: string;
  readonly #makeClient: (options: PrismaOptions) => Client;
  #open: { prisma: Client; pool: pg.Pool; connections: Record<Planning, PipelinedConnections> } | null = null;

  constructor(name: string, makeClient: (options: PrismaOptions) => Client) {
    this.name = name;
    this.#makeClient = makeClient;
  }

  /** `url` is a Postgres connection string; `connections` bounds each of the two pools. */
  async open(url: string, connections = 4): Promise<void> {
    if (this.#open) return;
    const pool = openPool({ connectionString: url, max: connections });
    const adapter = new PrismaPg(pool, {
      statementNameGenerator: ({ sql }: { sql: string }) => nameOfStatement(sql),
    } as ConstructorParameters<typeof PrismaPg>[1]);
    const prisma = this.#makeClient({ adapter, transactionOptions: { maxWait: 5_000, timeout: 10_000 } });
    const each = Math.max(2, Math.ceil(connections / 2));
    const once = new PipelinedConnections(url, each, 'once');
    // Opened when they are first used.
    const values = new PipelinedConnections(url, each, 'values');
    this.#open = { prisma, pool, connections: { once, values } };
    await prisma.$connect();
    await once.run('souk.warm', 'SELECT 1', []);
  }

  /** How its pool is used: connections there are, those idle, and callers that wait for one. */
  get pool(): { connections: number; idle: number; waiting: number } {
    const { totalCount, idleCount, waitingCount } = this.#opened().pool;
    return { connections: totalCount, idle: idleCount, waiting: waitingCount };
  }

  get prisma(): Client {
    return this.#opened().prisma;
  }

  /** Declares a named statement, e.g. `const freeze = database.statement<Row>('carts.freeze', 'UPDATE …')`. */
  statement<Row = Record<string, never>>(name: string, text: string, planned: Planning = 'once'): Statement<Row> {
    return (...values) => this.#opened().connections[planned].run<Row>(name, text, values);
  }

  /** One that writes, and commits together with others: only for those that lock rows of one thing alone, see `askInGroup`. */
  groupedStatement<Row = Record<string, never>>(name: string, text: string): Statement<Row> {
    return (...values) => this.#opened().connections.once.run<Row>(name, text, values, true);
  }

  /** Several statements in one transaction on a connection of its own. */
  async transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#opened().pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (reason) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw reason;
    } finally {
      client.release();
    }
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    if (!open) return;
    await open.prisma.$disconnect();
    await Promise.all(Object.values(open.connections).map((each) => each.close()));
    if (!open.pool.ended) await open.pool.end();
  }

  #opened() {
    if (!this.#open) throw new Error(`The ${this.name} database is not open: start the ${this.name} subgraph first.`);
    return this.#open;
  }
}
