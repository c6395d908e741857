import { PostgresConnection } from 'bullmq';
import pg from 'pg';

/**
 * The one connection of a process that hears of new jobs. BullMQ gives each worker one of its own, and Postgres wakes every
 * connection that listens for every word of any queue: with 35 workers that was a fifteenth of a purchase's CPU.
 */
export class JobWords {
  readonly #databaseUrl: string;
  readonly #lost = new Set<() => void>();
  #client: Promise<pg.Client> | null = null;

  constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
  }

  /** Connects when somebody asks first, and when somebody asks after it was lost. */
  client(): Promise<pg.Client> {
    if (this.#client) return this.#client;
    const opening = this.#connect(() => this.#drop(opening));
    this.#client = opening;
    opening.catch(() => this.#drop(opening));
    return opening;
  }

  onLost(listener: () => void): void {
    this.#lost.add(listener);
  }

  offLost(listener: () => void): void {
    this.#lost.delete(listener);
  }

  async close(): Promise<void> {
    this.#lost.clear();
    await (await this.#client?.catch(() => null))?.end();
  }

  // One that failed to connect ends as well: by then the next may be there.
  #drop(connection: Promise<pg.Client>): void {
    if (this.#client !== connection) return;
    this.#client = null;
    for (const lost of this.#lost) lost();
  }

  async #connect(drop: () => void): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.#databaseUrl, keepAlive: true });
    // Every worker listens to it.
    client.setMaxListeners(0);
    client.on('error', () => undefined);
    client.once('end', drop);
    await client.connect();
    return client;
  }
}

/** BullMQ's connection, but for the words of new jobs, which come over the one that all share. */
export class SharedWordsConnection extends PostgresConnection {
  readonly #words: JobWords;
  /** Tells BullMQ to ask for a connection again, and workers to look for jobs now. */
  readonly #tellLost = () => void this.emit('listenerinvalidated');

  constructor(pool: ConstructorParameters<typeof PostgresConnection>[0], words: JobWords) {
    super(pool);
    this.#words = words;
    words.onLost(this.#tellLost);
  }

  override getListenClient(): ReturnType<PostgresConnection['getListenClient']> {
    return this.#words.client() as ReturnType<PostgresConnection['getListenClient']>;
  }

  override async close(): Promise<void> {
    this.#words.offLost(this.#tellLost);
    await super.close();
  }
}
