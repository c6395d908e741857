import { type ExecutionResult, graphql, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Viewer } from '#platform/auth/viewer.ts';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { orderStatusChanged } from '#subgraphs/orders/contracts/orders.events.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { mailbox } from './contracts/mailbox.ts';
import { database } from './database.ts';
import { notifyOrderStatus } from './listeners/notify-order-status.listener.ts';
import { notifications } from './subgraph.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

const { schema } = await buildSubgraph(notifications);
const contextOf = (viewer: Viewer | null, caller = 'router') =>
  new Context('notifications', null as never, { viewer, caller });
const newViewer = (): Viewer => ({ customerId: newId('cus'), scopes: [], sessionId: 'ses_1' });

async function ask(source: string, variables: object, context: Context) {
  const result = await graphql({
    schema,
    source,
    variableValues: variables as Record<string, unknown>,
    contextValue: context,
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects, exactly.
  const data: any = JSON.parse(JSON.stringify(result.data ?? null));
  return { data, errors: (result.errors ?? []).map((error) => error.extensions.code ?? error.message) };
}

/** Tells a customer that an order of this number was shipped. */
const notify = async (customerId: string, number: string) => {
  const at = new Date().toISOString();
  const event = orderStatusChanged({ orderId: `ord_${number}`, number, customerId, status: 'SHIPPED', at });
  await notifyOrderStatus.handle([event] as never, contextOf(null, 'notifications'));
};

async function list(
  viewer: Viewer | null,
  page: { first?: number | null; after?: string } = {},
  id = viewer?.customerId,
) {
  const source = `query($r: [_Any!]!, $first: Int, $after: String) { _entities(representations: $r) { ... on Customer {
    notifications(first: $first, after: $after) { totalCount unreadCount pageInfo { hasNextPage endCursor }
      nodes { id title body readAt order { id number } } } } } }`;
  const { data, errors } = await ask(source, { r: [{ __typename: 'Customer', id }], ...page }, contextOf(viewer));
  return errors.length > 0 ? errors : data._entities[0]?.notifications;
}
const numbersOf = (connection: { nodes: { order: { number: string } }[] }) =>
  connection.nodes.map(({ order }) => order.number);

const markRead = (viewer: Viewer | null, ids?: string[] | null) =>
  ask(
    'mutation($input: NotificationsMarkReadInput!) { notificationsMarkRead(input: $input) { unreadCount } }',
    { input: ids === undefined ? {} : { ids } },
    contextOf(viewer),
  );
const unread = (unreadCount: number) => ({ data: { notificationsMarkRead: { unreadCount } }, errors: [] });

async function subscribeTo(viewer: Viewer | null) {
  const document = parse('subscription { notificationReceived { title order { number } } }');
  const events = await subscribe({ schema, document, contextValue: contextOf(viewer) });
  if (!(Symbol.asyncIterator in events)) throw new Error(String(events.errors?.[0]?.extensions.code));
  return events;
}
const numberOf = ({ value }: IteratorResult<ExecutionResult>) =>
  (value.data?.notificationReceived as { order: { number: string } } | undefined)?.order.number;

test('the newest come first, page by page, each with its order', async () => {
  const viewer = newViewer();
  for (const number of ['S-1', 'S-2', 'S-3', 'S-4', 'S-5']) await notify(viewer.customerId, number);
  const first = await list(viewer, { first: 2 });
  expect(first).toMatchObject({ totalCount: 5, unreadCount: 5, pageInfo: { hasNextPage: true } });
  expect(first.nodes[0]).toEqual({
    id: expect.stringMatching(/^ntf_/),
    title: 'Your order is on its way',
    body: 'Order S-5 was handed to the carrier.',
    readAt: null,
    order: { id: 'ord_S-5', number: 'S-5' },
  });
  const second = await list(viewer, { first: 2, after: first.pageInfo.endCursor });
  await notify(viewer.customerId, 'S-6');
  const third = await list(viewer, { first: 2, after: second.pageInfo.endCursor });
  expect([first, second, third].map(numbersOf)).toEqual([['S-5', 'S-4'], ['S-3', 'S-2'], ['S-1']]);
  expect(third.pageInfo.hasNextPage).toBe(false);
  expect((await list(viewer, { first: null })).nodes).toHaveLength(6);
});

test('odd pages are refused, never a fault', async () => {
  const viewer = newViewer();
  const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const odd = [
    { first: -1 },
    { first: 101 },
    ...['x', '\0', cursor(['\0']), cursor([1.5]), cursor([1e12]), cursor([1, 2])].map((after) => ({ after })),
  ];
  for (const page of odd) expect([page, await list(viewer, page)]).toEqual([page, ['BAD_USER_INPUT']]);
  expect(await list(viewer, { first: 0 })).toMatchObject({ nodes: [], totalCount: 0, unreadCount: 0 });
});

test("39: another's notifications are not there, for staff neither", async () => {
  const [owner, stranger] = [newViewer(), newViewer()];
  await notify(owner.customerId, 'S-1');
  for (const viewer of [stranger, { ...stranger, scopes: ['customers:read', 'orders:read'] }, null]) {
    expect(await list(viewer, {}, owner.customerId)).toBeUndefined();
    expect(await list(viewer, {}, 'cus_unknown')).toBeUndefined();
  }
});

test('marks those read that are named and their owner’s, or all', async () => {
  const [owner, stranger] = [newViewer(), newViewer()];
  for (const number of ['S-1', 'S-2', 'S-3']) await notify(owner.customerId, number);
  await notify(stranger.customerId, 'S-9');
  const ids: string[] = (await list(owner)).nodes.map(({ id }: { id: string }) => id);
  expect(await markRead(stranger, ids)).toEqual(unread(1));
  expect(await markRead(owner, [ids[0] ?? '', 'ntf_\0', `ntf_${'\0'.repeat(26)}`, '', 'x'.repeat(100_000)])).toEqual(
    unread(2),
  );
  const [newest] = (await list(owner)).nodes;
  expect(await markRead(owner, [ids[0] ?? ''])).toEqual(unread(2));
  expect((await list(owner)).nodes[0]).toEqual(newest);
  expect(Date.parse(newest.readAt)).toBeGreaterThan(Date.now() - 60_000);
  expect(await markRead(owner, [])).toEqual(unread(2));
  expect(await markRead(owner, null)).toEqual(unread(0));
  expect(await list(stranger)).toMatchObject({ unreadCount: 1 });
  expect((await markRead(owner, Array(101).fill(ids[0]))).errors).toEqual(['BAD_USER_INPUT']);
  expect((await markRead(null)).errors).toEqual(['UNAUTHENTICATED']);
});

test('a subscriber hears what arrives from now on: forty at once, none lost, none twice, in the order of the list', async () => {
  const viewer = newViewer();
  await notify(viewer.customerId, 'S-old');
  const events = await subscribeTo(viewer);
  const numbers = Array.from({ length: 40 }, (_, i) => `S-${i}`);
  const sending = Promise.all(numbers.map((number) => notify(viewer.customerId, number)));
  const heard: (string | undefined)[] = [];
  while (heard.length < 40) heard.push(numberOf(await events.next()));
  await sending;
  expect([...heard].sort()).toEqual([...numbers].sort());
  expect(numbersOf(await list(viewer, { first: 100 }))).toEqual([...heard.reverse(), 'S-old']);

  const next = events.next();
  await notify(newViewer().customerId, 'S-of-another');
  await notify(viewer.customerId, 'S-last');
  expect(numberOf(await next)).toBe('S-last');
  await events.return?.(undefined);
  expect((await events.next()).done).toBe(true);
});

test('a notification arrives at once, not with the next reading', async () => {
  const viewer = newViewer();
  const events = await subscribeTo(viewer);
  const next = events.next();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const start = performance.now();
  await notify(viewer.customerId, 'S-1');
  expect(numberOf(await next)).toBe('S-1');
  expect(performance.now() - start).toBeLessThan(1_500);
  await events.return?.(undefined);
});

test('guests cannot subscribe', async () => {
  await expect(subscribeTo(null)).rejects.toThrow('UNAUTHENTICATED');
});

test('the mailbox answers the server, newest first, and never the router', async () => {
  const mail = (day: number, to: string) => {
    const sentAt = new Date(Date.UTC(2026, 10, day));
    return { id: newId('mail'), kind: 'welcome', subjectId: to, to, subject: '', text: '', html: '', sentAt };
  };
  await database.prisma.mail.createMany({ data: [mail(2, 'b@x.de'), mail(3, 'c@x.de'), mail(1, 'a@x.de')] });
  const { data, errors } = await ask(mailbox.query, { first: 2 }, contextOf(null, 'server'));
  expect(errors).toEqual([]);
  expect(data.mailbox.map(({ to }: { to: string }) => to)).toEqual(['c@x.de', 'b@x.de']);
  expect(Object.keys(data.mailbox[0])).toEqual(['id', 'to', 'subject', 'text', 'html', 'sentAt']);
  const outside = { ...newViewer(), scopes: ['customers:read'] };
  expect(await ask(mailbox.query, { first: 2 }, contextOf(outside))).toEqual({ data: null, errors: ['FORBIDDEN'] });
});
