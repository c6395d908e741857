import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emailVerified } from '#subgraphs/accounts/contracts/accounts.ts';
import { customer, type Desk, openDesk } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** An order of an address of its own, since lookups are counted by it. */
async function buy(viewer: ReturnType<typeof customer> | null = null, email = `${crypto.randomUUID()}@example.com`) {
  const cart = desk.neighbors.fillCart({ customerId: viewer?.customerId ?? null });
  const { order, accessToken } = await desk.place({ cartId: cart.id }, viewer);
  const { id, number } = order!;
  await desk.sql('orders', 'UPDATE orders SET email = $2 WHERE id = $1', [id, email]);
  return { id, number, email, accessToken: accessToken! };
}

const lookUp = async (number: string, email: string) => {
  const { data, errors } = await desk.ask<{ orderLookup: { userErrors: unknown[] } }>(
    'mutation($input: OrderLookupInput!) { orderLookup(input: $input) { userErrors { code } } }',
    { input: { number, email } },
  );
  return { answer: data?.orderLookup ?? null, code: errors?.[0]?.extensions?.code ?? null };
};

const redeem = async (token: string) => {
  const { data } = await desk.ask<{
    orderLookupRedeem: { order: { number: string } | null; accessToken: string | null; userErrors: { code: string }[] };
  }>(
    `mutation($input: OrderLookupRedeemInput!) { orderLookupRedeem(input: $input) {
      order { number email } accessToken userErrors { code } } }`,
    { input: { token } },
  );
  return data!.orderLookupRedeem;
};

const mailed = async (orderId: string) =>
  (
    await desk.sql<{ payload: { token: string; email: string } }>(
      'orders',
      "SELECT payload FROM outbox WHERE topic = 'orders.order-lookup-requested.v1' AND payload ->> 'orderId' = $1",
      [orderId],
    )
  ).map(({ payload }) => payload);

describe('24: a guest who lost the link', () => {
  test('has one mailed by number and e-mail, however they are written, that opens the order once', async () => {
    const { id, number, email, accessToken } = await buy();
    expect(await lookUp(` ${number.toLowerCase()} `, email.toUpperCase())).toEqual({
      answer: { userErrors: [] },
      code: null,
    });
    const [mail] = await mailed(id);
    expect(mail).toEqual({ orderId: id, number, email, token: expect.stringMatching(/^[\w-]{43}$/) });
    const kept = await desk.sql<{ hash: string }>('orders', 'SELECT hash FROM lookup_token WHERE order_id = $1', [id]);
    expect(kept).toEqual([{ hash: createHash('sha256').update(mail!.token).digest('base64url') }]);
    const answers = await Promise.all([1, 2, 3, 4].map(() => redeem(mail!.token)));
    const opened = answers.filter(({ order }) => order);
    expect(opened).toEqual([{ order: { number, email }, accessToken, userErrors: [] }]);
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(Array(3).fill({ code: 'ORDER_NOT_FOUND' }));
  });

  test('42: is told the same, as late, whether or not they match; nothing is mailed to somebody else', async () => {
    const { id, number, email } = await buy();
    const hidden = await desk.sql<{ number: string }>(
      'orders',
      "UPDATE orders SET confirmed_at = NULL, status = 'CANCELLED' WHERE id = $1 RETURNING number",
      [(await buy(null, email)).id],
    );
    const took: number[] = [];
    for (const [n, e] of [
      [number, 'eve@example.com'],
      ['S-1', email],
      [`${number}\u0000`.slice(0, -2), email],
      [hidden[0]!.number, email],
      ['', ''],
      ['x'.repeat(100_000), '\u0000'],
    ] as const) {
      const begun = performance.now();
      expect(await lookUp(n, e)).toEqual({ answer: { userErrors: [] }, code: null });
      took.push(performance.now() - begun);
    }
    expect(Math.min(...took)).toBeGreaterThan(240);
    expect(await mailed(id)).toEqual([]);
    expect(await desk.sql('orders', "SELECT 1 FROM outbox WHERE payload ->> 'email' = 'eve@example.com'")).toEqual([]);
    expect(await redeem('made up')).toEqual({
      order: null,
      accessToken: null,
      userErrors: [{ code: 'ORDER_NOT_FOUND' }],
    });
  });

  test('42: is limited by number and by address, known or not', async () => {
    const { number, email } = await buy();
    for (let i = 0; i < 5; i++) expect((await lookUp(number, `guess${i}@example.com`)).code).toBeNull();
    expect((await lookUp(number, 'guess6@example.com')).code).toBe('RATE_LIMITED');
    for (let i = 0; i < 5; i++) expect((await lookUp(`S-9${i}`, email)).code).toBeNull();
    expect(await lookUp('S-97', email)).toEqual({ answer: null, code: 'RATE_LIMITED' });
  });

  test('has an hour to use the link', async () => {
    const { id, number, email } = await buy();
    await lookUp(number, email);
    const [mail] = await mailed(id);
    await desk.sql('orders', "UPDATE lookup_token SET expires_at = now() - interval '1 second' WHERE order_id = $1", [
      id,
    ]);
    expect((await redeem(mail!.token)).userErrors).toEqual([{ code: 'ORDER_NOT_FOUND' }]);
  });
});

describe('24: a later registration with the verified e-mail', () => {
  const ownerOf = async (id: string) =>
    (await desk.sql<{ customer_id: string | null }>('orders', 'SELECT customer_id FROM orders WHERE id = $1', [id]))[0]
      ?.customer_id;

  test('finds the orders of that address, once, and nobody else’s', async () => {
    const owner = customer('cus_later');
    const [mine, other] = [await buy(null, 'Grace@Example.com'), await buy(null, 'grace@example.org')];
    const taken = await buy(customer('cus_before'), 'grace@example.com');
    const read = async () =>
      (
        await desk.ask<{ order: object | null }>(
          'query($id: ID!) { order(id: $id) { version history { type message } } }',
          { id: mine.id },
          owner,
        )
      ).data?.order;
    expect(await read()).toBeNull();
    const event = emailVerified({ customerId: 'cus_later', email: 'grace@example.com' });
    await Promise.all([1, 2, 3].map(() => desk.hand('orders-claim-guest-orders', event)));
    expect([await ownerOf(mine.id), await ownerOf(other.id), await ownerOf(taken.id)]).toEqual([
      'cus_later',
      null,
      'cus_before',
    ]);
    expect(await read()).toMatchObject({
      version: 3,
      history: [{}, {}, { type: 'order.claimed', message: 'Added to your account' }],
    });
    await desk.hand(
      'orders-claim-guest-orders',
      emailVerified({ customerId: 'cus_thief', email: 'grace@example.com' }),
    );
    expect(await ownerOf(mine.id)).toBe('cus_later');
  });
});
