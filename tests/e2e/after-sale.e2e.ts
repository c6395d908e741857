import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { type ApiClient, apiClient } from '#tests/program/api-client.ts';
import { buy, signIn, statusesOf, variantsInStock } from '#tests/program/shopper.ts';

const { routerUrl } = inject('running');
const guest = apiClient(routerUrl);
const asStaff = async () => apiClient(routerUrl, await signIn(guest, 'admin@souk.test'));

interface Refused {
  userErrors: { code: string }[];
}

async function mutate<Payload>(api: ApiClient, field: string, selection: string, input: object): Promise<Payload> {
  const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input!`;
  const data = await api.ask<Record<string, Payload & Refused>>(
    `mutation($input: ${type}) { ${field}(input: $input) { ${selection} userErrors { code message } } }`,
    { input },
  );
  expect(data[field]!.userErrors).toEqual([]);
  return data[field]!;
}

const onHand = async (variantId: string) =>
  (await variantsInStock(guest, 0)).find(({ id }) => id === variantId)?.quantity;

const mailsTo = async (email: string) =>
  (
    (await (await fetch(`${routerUrl}/dev/mail.json`)).json()) as { to: string; subject: string; text: string }[]
  ).filter(({ to }) => to === email);

test('24, 27: a delivered order is looked up by its guest, sent back and paid back once; stock, money and mails agree', async () => {
  const staff = await asStaff();
  const email = `${randomUUID()}@example.com`;
  const [variant] = await variantsInStock(guest);
  const bought = await buy(guest, [{ variantId: variant!.id, quantity: 2 }], email);
  const { id, number } = bought.order;
  expect((await statusesOf(guest, id, bought.accessToken)).at(-1)).toBe('DELIVERED');

  await mutate(guest, 'orderLookup', '', { number, email });
  const link = async () =>
    /lookup\?token=([\w-]+)/.exec((await mailsTo(email)).map(({ text }) => text).join('\n'))?.[1];
  await expect.poll(link, { timeout: 10_000 }).toBeTruthy();
  const { order, accessToken } = await mutate<{ order: { lines: { id: string }[] }; accessToken: string }>(
    guest,
    'orderLookupRedeem',
    'order { lines { id } } accessToken',
    { token: await link() },
  );
  expect(accessToken).toBe(bought.accessToken);

  const left = await onHand(variant!.id);
  const lines = [{ lineId: order.lines[0]!.id, quantity: 2 }];
  const { return: requested } = await mutate<{ return: { id: string } }>(guest, 'returnRequest', 'return { id }', {
    ...{ orderId: id, accessToken, lines, reason: 'Too big', idempotencyKey: randomUUID() },
  });
  const returnId = requested.id;
  await mutate(staff, 'returnApprove', 'return { status }', { returnId });
  await mutate(staff, 'returnReceive', 'return { status }', { returnId, restock: true });
  await Promise.all([1, 2, 3].map(() => mutate(staff, 'returnRefund', 'return { status }', { returnId })));

  const shown = await guest.ask<{
    order: { status: string; paymentStatus: string; payments: { refunded: { amount: string } }[] };
  }>(
    `query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) {
      status paymentStatus cost { refunded { amount } } payments { refunded { amount } } returns { status } } }`,
    { id, accessToken },
  );
  const refunded = { amount: shown.order.payments[0]!.refunded.amount };
  expect(Number(refunded.amount)).toBeGreaterThan(0);
  expect(shown.order).toMatchObject({
    ...{ status: 'RETURNED', paymentStatus: expect.stringMatching(/REFUNDED$/), cost: { refunded } },
    returns: [{ status: 'REFUNDED' }],
  });
  await expect.poll(() => onHand(variant!.id), { timeout: 10_000 }).toBe(left! + 2);
  const subjects = async () => (await mailsTo(email)).map(({ subject }) => subject.replace(number, '#')).sort();
  await expect
    .poll(subjects, { timeout: 10_000 })
    .toEqual([
      ...[
        'A refund for your order #',
        'Your order #',
        'Your order # has arrived',
        'Your order # is confirmed',
        'Your order is on its way: #',
        'Your return from order # is approved',
      ],
    ]);
});

test('staff hears of every order as it is placed and changes, with fields of other subgraphs', async () => {
  const staff = await asStaff();
  const heard = new Map<string, { paymentStatus: string; payments: { status: string }[] }>();
  let bought: string[] = [];
  const listening = (async () => {
    for await (const { data, errors } of staff.follow<{
      ordersUpdated: { id: string; paymentStatus: string; payments: { status: string }[] };
    }>('subscription { ordersUpdated { id paymentStatus payments { status } } }')) {
      if (errors || !data) throw new Error(JSON.stringify(errors));
      heard.set(data.ordersUpdated.id, data.ordersUpdated);
      if (bought.length > 0 && bought.every((id) => heard.get(id)?.paymentStatus === 'PAID')) return;
    }
  })();
  // It begins with what comes next.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const variants = (await variantsInStock(guest)).slice(0, 5);
  bought = await Promise.all(
    variants.map(async ({ id }) => (await buy(guest, [{ variantId: id, quantity: 1 }])).order.id),
  );
  await listening;
  for (const id of bought)
    expect(heard.get(id)).toMatchObject({ paymentStatus: 'PAID', payments: [{ status: 'PAID' }] });
});

test('39: others than staff hear of no order', async () => {
  const shopper = apiClient(routerUrl, await signIn(guest, 'shopper@souk.test'));
  for (const [api, code] of [
    [guest, 'UNAUTHENTICATED'],
    [shopper, 'FORBIDDEN'],
  ] as const) {
    const answers: unknown[] = [];
    await (async () => {
      for await (const answer of api.follow('subscription { ordersUpdated { id } }')) {
        answers.push(answer.errors?.[0]?.extensions?.code);
        break;
      }
    })().catch((reason) => answers.push(JSON.stringify(reason)));
    expect(answers).toHaveLength(1);
    expect(`${answers[0]}`).toContain(code);
  }
});
