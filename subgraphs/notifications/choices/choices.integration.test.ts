import { type ExecutionResult, graphql } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Viewer } from '#platform/auth/viewer.ts';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { stockTurned } from '#subgraphs/inventory/contracts/inventory.events.ts';
import { orderStatusChanged } from '#subgraphs/orders/contracts/orders.events.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { remindOfCarts } from '../carts-left/remind-of-carts.ts';
import { database } from '../database.ts';
import { notifyOrderStatus } from '../listeners/notify-order-status.listener.ts';
import { sendBackInStock } from '../stock-alerts/send-back-in-stock.listener.ts';
import { notifications } from '../subgraph.ts';
import { logTexts } from '../texts/text-provider.ts';
import { NoticeKind } from './notice-kind.ts';
import { unsubscribeToken } from './unsubscribe-token.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

/** What the others say. */
let available = 0;
let left: object[] = [];
let viewer: Viewer;
beforeEach(async () => {
  available = 0;
  left = [];
  viewer = { customerId: newId('cus'), scopes: [], sessionId: 'ses_1' };
  await database.prisma.mail.deleteMany();
});

const emailOf = (id: string) => `${id}@Example.com`;
const answers: Record<string, (variables: never) => object> = {
  customersByIds: ({ ids }: { ids: string[] }) => ids.map((id) => ({ id, email: emailOf(id), name: null })),
  variantsForSale: ({ ids }: { ids: string[] }) =>
    ids.map((id) =>
      id === 'var_gone'
        ? null
        : { variantId: id, productId: 'prod_1', title: 'Tea glass', options: [], sellable: true },
    ),
  stockLevels: ({ variantIds }: { variantIds: string[] }) =>
    variantIds.map((variantId) => ({ variantId, available, backorderable: false })),
  product: () => ({ handle: 'tea-glass' }),
  leftCarts: ({ after }: { after: string | null }) => (after ? [] : left),
};
const transport: SubgraphTransport = {
  async query(_subgraph, { query, variables }): Promise<ExecutionResult> {
    const field = /\{\s*(\w+)/.exec(query)?.[1] ?? '';
    return { data: { [field]: answers[field]?.(variables as never) } };
  },
  subscribe: () => () => undefined,
  close: async () => undefined,
};
const { schema } = await buildSubgraph(notifications);
const contextOf = (who: Viewer | null, caller = 'router') =>
  new Context('notifications', transport, { viewer: who, caller });
const inside = () => contextOf(null, 'notifications');

async function ask(source: string, variableValues: Record<string, unknown> = {}, who: Viewer | null = viewer) {
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue: contextOf(who) });
  if (errors) return errors.map(({ extensions }) => extensions.code);
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects, exactly.
  return JSON.parse(JSON.stringify(data)) as any;
}
const PREFERENCES = 'kind channel wanted changeable';
const mine = async (field: string, id = viewer.customerId) =>
  (
    await ask(`query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { ${field} } } }`, {
      r: [{ __typename: 'Customer', id }],
    })
  )._entities[0];
const wanted = async () =>
  (await mine(`notificationPreferences { ${PREFERENCES} }`)).notificationPreferences
    .filter((each: { wanted: boolean }) => each.wanted)
    .map(({ kind, channel }: Record<string, string>) => `${kind} ${channel}`);
const SET = `mutation($input: NotificationPreferenceSetInput!) { notificationPreferenceSet(input: $input) {
  preferences { ${PREFERENCES} } userErrors { code } } }`;
const choose = async (kind: string, channel: string, yes: boolean) =>
  (await ask(SET, { input: { kind, channel, wanted: yes } })).notificationPreferenceSet.userErrors;
const unsubscribe = async (token: string) =>
  (
    await ask(
      'mutation($input: NotificationsUnsubscribeInput!) { notificationsUnsubscribe(input: $input) { kind userErrors { code } } }',
      { input: { token } },
      null,
    )
  ).notificationsUnsubscribe;
const wish = async (email: string | null, variantId = 'var_1', who: Viewer | null = null) =>
  (
    await ask(
      'mutation($input: StockAlertCreateInput!) { stockAlertCreate(input: $input) { userErrors { code } } }',
      { input: { variantId, email } },
      who,
    )
  ).stockAlertCreate.userErrors;
const mailed = async () => (await database.prisma.mail.findMany()).map(({ kind, to }) => `${kind} ${to}`).sort();
const back = (variantId = 'var_1') =>
  sendBackInStock.handle([stockTurned({ variants: [{ variantId, inStock: true }], sequence: 1 })] as never, inside());
const shipped = (customerId = viewer.customerId) =>
  notifyOrderStatus.handle(
    [
      orderStatusChanged({
        orderId: 'ord_1',
        number: 'S-1',
        customerId,
        status: 'SHIPPED',
        at: '2026-11-21T08:00:00Z',
      }),
    ] as never,
    inside(),
  );

test('a customer chooses by kind and channel; mails about orders are always sent; nobody sees another’s', async () => {
  expect(await wanted()).toEqual([
    ...[
      'ORDER_UPDATES EMAIL',
      'ORDER_UPDATES IN_APP',
      'BACK_IN_STOCK EMAIL',
      'BACK_IN_STOCK IN_APP',
      'CART_REMINDERS EMAIL',
    ],
  ]);
  expect(await choose('CART_REMINDERS', 'EMAIL', false)).toEqual([]);
  expect(await choose('ORDER_UPDATES', 'IN_APP', false)).toEqual([]);
  expect(await choose('ORDER_UPDATES', 'SMS', true)).toEqual([]);
  expect(await wanted()).toEqual([
    ...['ORDER_UPDATES EMAIL', 'ORDER_UPDATES SMS', 'BACK_IN_STOCK EMAIL', 'BACK_IN_STOCK IN_APP'],
  ]);
  expect(await choose('ORDER_UPDATES', 'EMAIL', false)).toEqual([{ code: 'ALWAYS_SENT' }]);
  expect(await choose('CART_REMINDERS', 'PUSH', true)).toEqual([{ code: 'NOT_OFFERED' }]);
  expect(await mine('notificationPreferences { wanted }', 'cus_other')).toBeNull();
  expect(await ask(SET, { input: { kind: 'ORDER_UPDATES', channel: 'SMS', wanted: true } }, null)).toEqual([
    'UNAUTHENTICATED',
  ]);
});

test('a notice goes where it was chosen to go: into the app, to a telephone, or nowhere', async () => {
  const sent = vi.spyOn(logTexts, 'send');
  const add =
    'mutation($input: NotificationDeviceInput!) { notificationDeviceAdd(input: $input) { devices { channel address } userErrors { code } } }';
  const added = await ask(add, { input: { channel: 'SMS', address: '+49 (151) 123-45678' } });
  expect(added.notificationDeviceAdd).toEqual({
    devices: [{ channel: 'SMS', address: '+4915112345678' }],
    userErrors: [],
  });
  for (const input of [
    { channel: 'SMS', address: '0151' },
    { channel: 'EMAIL', address: 'ada@example.com' },
  ])
    expect((await ask(add, { input })).notificationDeviceAdd.userErrors).toEqual([{ code: 'ADDRESS_INVALID' }]);
  const inbox = async () => (await mine('notifications { totalCount }')).notifications.totalCount;

  await shipped();
  expect([await inbox(), sent.mock.calls.length]).toEqual([1, 0]);
  await choose('ORDER_UPDATES', 'SMS', true);
  await shipped();
  expect([await inbox(), sent.mock.calls.length]).toEqual([2, 1]);
  expect(sent.mock.calls[0]?.[0]).toMatchObject({
    channel: 'SMS',
    address: '+4915112345678',
    title: 'Your order is on its way',
  });
  await choose('ORDER_UPDATES', 'IN_APP', false);
  sent.mockResolvedValueOnce('gone');
  await shipped();
  await shipped();
  expect([await inbox(), sent.mock.calls.length]).toEqual([2, 2]);
  expect((await mine('notificationDevices { address }')).notificationDevices).toEqual([]);
  sent.mockRestore();
});

test('a link ends one kind of mail to one address, as often as it is opened; a forged one ends nothing', async () => {
  const email = emailOf(viewer.customerId);
  const token = unsubscribeToken(email, NoticeKind.CART_REMINDERS);
  for (let times = 0; times < 2; times++)
    expect(await unsubscribe(token)).toEqual({ kind: 'CART_REMINDERS', userErrors: [] });
  expect(await wanted()).not.toContain('CART_REMINDERS EMAIL');
  expect(await wanted()).toContain('BACK_IN_STOCK EMAIL');
  const said = Buffer.from(JSON.stringify(['victim@example.com', 'BACK_IN_STOCK'])).toString('base64url');
  for (const forged of ['', '.', 'x', `${said}.${token.split('.')[1]}`, `${token}x`])
    expect(await unsubscribe(forged)).toEqual({ kind: null, userErrors: [{ code: 'TOKEN_INVALID' }] });
  expect(await database.prisma.unsubscribed.count({ where: { email: 'victim@example.com' } })).toBe(0);
});

test('whoever asked is told once when it is back, however often and at once that is heard; who ended it is not', async () => {
  expect(await wish('Ada@example.com')).toEqual([]);
  expect(await wish('ada@example.com ')).toEqual([]);
  expect(await wish('eve@example.com')).toEqual([]);
  expect(await wish(null, 'var_1', viewer)).toEqual([]);
  await unsubscribe(unsubscribeToken('eve@example.com', NoticeKind.BACK_IN_STOCK));
  await back();
  expect(await mailed()).toEqual([]);
  available = 3;
  await Promise.all([back(), back(), back('var_2')]);
  await back();
  const mine_ = emailOf(viewer.customerId).toLowerCase();
  expect(await mailed()).toEqual([`back-in-stock ada@example.com`, `back-in-stock ${mine_}`].sort());
  const [mail] = await database.prisma.mail.findMany({ where: { to: 'ada@example.com' } });
  expect(mail?.subject).toBe('Tea glass is back');
  expect(mail?.text).toContain('Have a look: http://localhost:3000/products/tea-glass\n');
  expect(mail?.text).toContain('No more of these: http://localhost:3000/unsubscribe?token=');
  expect((await mine('notifications { nodes { title } }')).notifications.nodes).toEqual([
    { title: 'Tea glass is back' },
  ]);
  expect(await database.prisma.stockWish.count()).toBe(0);
});

test('the page of notifications costs four statements and one question, however much there is to show', async () => {
  for (let orders = 0; orders < 12; orders++) await shipped();
  const query = vi.spyOn(pg.Client.prototype, 'query');
  const asked = vi.spyOn(transport, 'query');
  const page = await mine(`notifications(first: 20) { unreadCount nodes { id title order { id number } } }
    notificationPreferences { ${PREFERENCES} }`);
  expect([page.notifications.nodes.length, page.notifications.unreadCount]).toEqual([12, 12]);
  expect([query.mock.calls.length, asked.mock.calls.length]).toEqual([4, 1]);
  query.mockRestore();
  asked.mockRestore();
});

test('what is here, or nowhere, cannot be waited for; nor by no address', async () => {
  expect(await wish('ada')).toEqual([{ code: 'EMAIL_INVALID' }]);
  expect(await wish(null)).toEqual([{ code: 'EMAIL_INVALID' }]);
  for (const id of ['var_gone', '\0'])
    expect(await wish('ada@example.com', id)).toEqual([{ code: 'VARIANT_NOT_FOUND' }]);
  available = 1;
  expect(await wish('ada@example.com')).toEqual([{ code: 'IN_STOCK' }]);
  expect(await database.prisma.stockWish.count()).toBe(0);
});

test('a cart that was left is brought to mind once, to the address it has or its customer’s; who ended it is left alone', async () => {
  const cart = (reference: string, change: object) => ({
    ...{ reference, email: null, customerId: null, cursor: reference, lines: [{ title: 'Tea glass', quantity: 2 }] },
    ...change,
  });
  left = [
    cart('a', { email: 'ada@example.com' }),
    cart('b', { customerId: viewer.customerId }),
    cart('c', { email: 'Eve@example.com' }),
  ];
  await unsubscribe(unsubscribeToken('eve@example.com', NoticeKind.CART_REMINDERS));
  await Promise.all([1, 2, 3].map(() => remindOfCarts(inside(), 4)));
  expect(await mailed()).toEqual(
    ['cart-reminder ada@example.com', `cart-reminder ${emailOf(viewer.customerId)}`].sort(),
  );
  const [mail] = await database.prisma.mail.findMany({ where: { to: 'ada@example.com' } });
  expect(mail?.text).toContain('2 × Tea glass\n');
  expect(mail?.text).toContain('No more of these:');
});
