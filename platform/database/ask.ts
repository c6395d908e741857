import { setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import { forgetStatement, GroupQuery, hasOtherRows, NamedQuery } from './named-query.ts';

type Answer = pg.QueryResult;

/** A statement in a transaction of its own. Without a name it is planned anew each time. */
export function ask(
  client: pg.Client,
  name: string | undefined,
  text: string,
  values: readonly unknown[],
): Promise<Answer> {
  return once(client, name, text, values).catch((reason) => {
    if (!name || !hasOtherRows(reason)) throw reason;
    forgetStatement(client, name);
    return once(client, name, text, values);
  });
}

const once = (client: pg.Client, name: string | undefined, text: string, values: readonly unknown[]): Promise<Answer> =>
  new Promise((resolve, reject) => {
    client.query(new NamedQuery(name, text, values, (reason, answer) => (reason ? reject(reason) : resolve(answer))));
  });

interface Asked {
  readonly query: NamedQuery;
  reject(reason: Error): void;
  askAlone(): void;
}

/** What is asked in groups on a connection: at most one group is under way. */
interface Groups {
  waiting: Asked[];
  underWay: boolean;
}
const groups = new WeakMap<pg.Client, Groups>();

/** Rows stay locked until the last of a group is done. */
const MOST_IN_A_GROUP = 32;

/**
 * A statement that commits together with others asked of the connection while the group before them was under way: one
 * transaction, and one wait for the disk. Each is answered once all are committed. When one fails, none has happened,
 * and each is asked again in a transaction of its own: nobody hears of another's fault.
 *
 * With a wait for the disk each, the connection of orders spent 63 % of its time in them, see bench/README.md. It is for
 * statements that lock rows of one thing alone, such as one order's or one cart's:
 * two groups that lock each other's rows wait for Postgres to see the deadlock, a second.
 */
export function askInGroup(client: pg.Client, name: string, text: string, values: readonly unknown[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const query = new NamedQuery(name, text, values, (reason, answer) => (reason ? reject(reason) : resolve(answer)));
    const askAlone = () => resolve(ask(client, name, text, values));
    let ofClient = groups.get(client);
    if (!ofClient) {
      ofClient = { waiting: [], underWay: false };
      groups.set(client, ofClient);
    }
    ofClient.waiting.push({ query, reject, askAlone });
    if (!ofClient.underWay) void askGroups(client, ofClient);
  });
}

async function askGroups(client: pg.Client, ofClient: Groups): Promise<void> {
  ofClient.underWay = true;
  while (ofClient.waiting.length > 0) {
    // Whoever asks in the same turn of the event loop comes along.
    await setImmediate();
    await askGroup(client, ofClient.waiting.splice(0, MOST_IN_A_GROUP));
  }
  ofClient.underWay = false;
}

async function askGroup(client: pg.Client, group: readonly Asked[]): Promise<void> {
  const queries = group.map(({ query }) => query);
  const failure = await new Promise<Error | null>((ended) => {
    client.query(new GroupQuery(queries, ended));
  }).catch((reason: Error) => reason);
  if (!failure) return;
  // Of a connection that broke nobody knows what it has done; an ERROR has undone its transaction: "Pipelining" in
  // Postgres' manual.
  const undone = (failure as { severity?: string }).severity === 'ERROR';
  for (const { askAlone, reject } of group) undone ? askAlone() : reject(failure);
}
