import type { Writable } from 'node:stream';
import pg from 'pg';

/** How pg makes rows of an answer, from Postgres' RowDescription. */
interface RowShape {
  readonly fields: readonly object[];
  readonly _parsers: unknown;
  readonly _prebuiltEmptyResultObject: unknown;
}

interface Connection {
  readonly stream: Writable;
  bind(message: object): void;
  execute(message: object): void;
  sync(): void;
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
}

/** What pg's Query does and its types do not tell; the tests of `statements.ts` and `ask.ts` have each of it at work. */
interface Query extends pg.Submittable {
  readonly name: string | undefined;
  readonly text: string;
  readonly values: unknown[];
  readonly _result: RowShape & { _types: unknown };
  _accumulateRows: boolean;
  prepare(connection: Connection): void;
  handleRowDescription(message: object): void;
  handleDataRow(message: object): void;
  handleCommandComplete(message: object, connection: Connection): void;
  handleError(reason: Error, connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
  _getRows(connection: Connection): void;
}
const PgQuery = pg.Query as unknown as new (text: string, values: unknown[]) => Query;
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils;

/** By connection, of each statement that has answered there. */
const shapes = new WeakMap<Connection, Map<string, RowShape>>();

/**
 * A statement that asks for the shape of its rows only the first time on a connection. Later it cannot change: Postgres
 * refuses it then, see `hasOtherRows`. Hearing it each time was a third of what pg's reading cost Node.
 */
export class NamedQuery extends PgQuery {
  /** Of a group, which commits with the last of it. */
  isOfGroup = false;

  /** What `client.query({ name, text, values })` makes, without pg's copy of that object: a seventh of pg's own work in Node. */
  constructor(
    name: string | undefined,
    text: string,
    values: readonly unknown[],
    callback: (reason: Error | null, result: pg.QueryResult) => void,
  ) {
    // First of all: pg, which does so once a statement is half sent, closes that for good when one cannot be put in words.
    super(text, values.map(prepareValue));
    Object.assign(this, { name, callback });
  }

  override prepare(connection: Connection): void {
    const shape = this.name && shapes.get(connection)?.get(this.name);
    if (!shape) {
      super.prepare(connection);
      return;
    }
    connection.bind({ portal: '', statement: this.name, values: this.values });
    Object.assign(this._result, shape);
    this._accumulateRows = true;
    this._getRows(connection);
  }

  override _getRows(connection: Connection): void {
    connection.execute({ portal: '' });
    if (!this.isOfGroup) connection.sync();
  }

  override handleReadyForQuery(connection: Connection): void {
    if (this.name) this.#remember(connection, this.name);
    super.handleReadyForQuery(connection);
  }

  #remember(connection: Connection, name: string): void {
    const known = shapes.get(connection) ?? new Map<string, RowShape>();
    if (known.has(name)) return;
    const { fields, _parsers, _prebuiltEmptyResultObject } = this._result;
    shapes.set(connection, known.set(name, { fields, _parsers, _prebuiltEmptyResultObject }));
  }
}

/**
 * Statements in one transaction: Postgres begins it with the first and commits at Sync, which stands behind the last
 * ("Pipelining" in its manual, under "Message Flow"). Each is answered once all are committed; when one fails, none has
 * happened, and only `ended` hears of it.
 */
export class GroupQuery extends PgQuery {
  readonly #queries: readonly NamedQuery[];
  readonly #ended: (reason: Error | null) => void;
  #at = 0;

  constructor(queries: readonly NamedQuery[], ended: (reason: Error | null) => void) {
    super('', []);
    this.#queries = queries;
    this.#ended = ended;
    this.#standAt(0);
    // pg asks for one, and whether there is.
    Object.assign(this, { callback: ended });
  }

  override submit = (given: unknown): void => {
    const connection = given as Connection;
    connection.stream.cork();
    try {
      for (const query of this.#queries) {
        query.isOfGroup = true;
        // The client's, which pg hands to a query that it is asked.
        query._result._types = this._result._types;
        query.prepare(connection);
      }
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
  };

  override handleRowDescription(message: object): void {
    this.#queries[this.#at]?.handleRowDescription(message);
  }

  override handleDataRow(message: object): void {
    this.#queries[this.#at]?.handleDataRow(message);
  }

  override handleCommandComplete(message: object, connection: Connection): void {
    this.#queries[this.#at]?.handleCommandComplete(message, connection);
    this.#standAt(this.#at + 1);
  }

  override handleError(reason: Error, { parsedStatements, submittedNamedStatements }: Connection): void {
    // Those behind the one that failed were never looked at.
    for (const { name } of this.#queries)
      if (name && !(name in parsedStatements)) delete submittedNamedStatements[name];
    this.#ended(reason);
  }

  override handleReadyForQuery(connection: Connection): void {
    for (const query of this.#queries) query.handleReadyForQuery(connection);
    this.#ended(null);
  }

  /** pg notes what is parsed by the name and the text of the query whose turn it is. */
  #standAt(i: number): void {
    this.#at = i;
    Object.assign(this, { name: this.#queries[i]?.name, text: this.#queries[i]?.text });
  }
}

/**
 * Whether a statement was refused, before it did anything, since what it reads has other columns now than when it was
 * prepared: a newer Souk has migrated a database beneath this one. `plancache.c` alone says so under this code.
 */
export const hasOtherRows = (reason: unknown): boolean => {
  const { code, routine } = reason as { code?: string; routine?: string };
  return code === '0A000' && routine === 'RevalidateCachedQuery';
};

/** Has the connection prepare the statement anew when it is asked next. */
export function forgetStatement(client: pg.Client, name: string): void {
  const { connection } = client as unknown as { connection: Connection };
  delete connection.parsedStatements[name];
  delete connection.submittedNamedStatements[name];
  shapes.get(connection)?.delete(name);
  // Another that was refused may have done so already.
  void client.query(`DEALLOCATE ${pg.escapeIdentifier(name)}`).catch(() => undefined);
}
