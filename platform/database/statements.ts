import type { Writable } from 'node:stream';
import pg from 'pg';
import { ask, askInGroup } from './ask.ts';
import { writeTogether } from './write-together.ts';

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
 * best plan depends on them, such as searches. Planning was a fifth of Postgres' work for a purchase. Those of `values`
 * have connections of their own, so it is for whatever takes long as well, such as audits, sweeps and lists of staff:
 * purchases that were asked behind an audit waited five seconds for it.
 */
export type Planning = 'once' | 'values';

const PLAN_CACHE_MODE: Record<Planning, string> = { once: 'force_generic_plan', values: 'auto' };

/** A connection whose answers stay away for so long is passed over: a statement there waits for a lock, or is a long one. */
const STUCK_AFTER_MS = 100;

/**
 * A plan that Postgres made while a table was empty reads all of it, and is kept until autovacuum looks at the table: in its
 * first minute under load a new shop read each order that was ever placed, again and again. So plans are made anew, after
 * a second first, then twice as late each time.
 */
const FIRST_PLANS_MS = 1_000;
const PLANS_MS = 64_000;

interface Slot {
  client: Promise<pg.Client> | null;
  /** Statements without an answer yet. */
  asked: number;
  /** When it last answered or had nothing to answer; by the process's own clock. */
  heardAt: number;
  /** How long the plans that its connection makes now hold, and until when. */
  plansFor: number;
  plansUntil: number;
}

/**
 * Pipelined connections for single statements on the hot path: many callers share one socket, so that a step of the
 * checkout costs one round trip and no checkout from a pool. The others are for when the first is stuck: the more
 * statements share a connection, the fewer processes wake for them. A lost connection is replaced on the next call.
 * Transactions of several statements do not belong here: others' statements would run inside them.
 */
export class PipelinedConnections {
  readonly #config: pg.ClientConfig;
  readonly #planning: Planning;
  readonly #slots: Slot[];
  #next = 0;
  #closed = false;

  /** `settings` are Postgres' own, as on its command line, e.g. `-c search_path=bullmq`. */
  constructor(url: string, connections: number, planning: Planning, { settings = '', types = TYPES } = {}) {
    const options = `-c plan_cache_mode=${PLAN_CACHE_MODE[planning]} ${settings}`;
    this.#config = { connectionString: url, pipeline: true, keepAlive: true, types, options } as pg.ClientConfig;
    this.#planning = planning;
    this.#slots = Array.from({ length: connections }, () => ({
      ...{ client: null, asked: 0, heardAt: 0, plansFor: 0, plansUntil: 0 },
    }));
  }

  async run<Row>(name: string, text: string, values: unknown[], grouped = false): Promise<Row[]> {
    return (await this.query(name, text, values, grouped)).rows as Row[];
  }

  /** Without a name it is planned anew each time; one with a name may commit in a group, see `askInGroup`. */
  async query(name: string | undefined, text: string, values: unknown[], grouped = false): Promise<pg.QueryResult> {
    if (this.#closed) throw new Error('The database connections are closed.');
    const slot = this.#slot();
    if (slot.asked++ === 0) slot.heardAt = performance.now();
    slot.client ??= this.#connect(slot);
    const open = slot.client;
    try {
      const client = await open;
      sendTogether(client);
      if (this.#planning === 'once') renewPlans(slot, client);
      return await (grouped && name ? askInGroup(client, name, text, values) : ask(client, name, text, values));
    } catch (reason) {
      // Its stack leads to who asked, not to pg's socket.
      Error.captureStackTrace(reason as Error);
      // Postgres says goodbye before the socket closes: the next call must not meet a connection that is ending.
      if ((reason as { severity?: string }).severity === 'FATAL' && slot.client === open) slot.client = null;
      throw reason;
    } finally {
      slot.asked--;
      slot.heardAt = performance.now();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#slots.map(({ client }) => client?.then((open) => open.end()).catch(() => undefined)));
  }

  /** The first that is not stuck; where all are, each in turn. Searches work Postgres hard: each in turn as well. */
  #slot(): Slot {
    const stuckSince = performance.now() - STUCK_AFTER_MS;
    const next = this.#slots[this.#next++ % this.#slots.length]!;
    const isFree = ({ asked, heardAt }: Slot) => asked === 0 || heardAt > stuckSince;
    if (this.#planning === 'values' && isFree(next)) return next;
    return this.#slots.find(isFree) ?? next;
  }

  #connect(slot: Slot): Promise<pg.Client> {
    slot.plansFor = FIRST_PLANS_MS;
    slot.plansUntil = performance.now() + FIRST_PLANS_MS;
    const opening = this.#open(() => {
      // A connection that breaks says so more than once: the second time its slot may hold the next one already.
      if (slot.client === opening) slot.client = null;
    });
    return opening;
  }

  async #open(drop: () => void): Promise<pg.Client> {
    const client = new pg.Client(this.#config);
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

function renewPlans(slot: Slot, client: pg.Client): void {
  const now = performance.now();
  if (now < slot.plansUntil) return;
  slot.plansFor = Math.min(slot.plansFor * 2, PLANS_MS);
  slot.plansUntil = now + slot.plansFor;
  void client.query('DISCARD PLANS').catch(() => undefined);
}

/** Under load a third of a purchase's CPU was writing to sockets, a write a statement. */
function sendTogether(client: pg.Client): void {
  writeTogether((client as unknown as { connection: { stream: Writable } }).connection.stream);
}
