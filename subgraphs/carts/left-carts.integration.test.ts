import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { newCartId } from './cart.records.ts';
import { type LeftCart, leftCarts } from './contracts/left-carts.ts';
import { database } from './database.ts';
import { carts } from './subgraph.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

const { schema } = await buildSubgraph(carts);
const LINES = [{ id: 'line_1', variantId: 'var_1', quantity: 2, title: 'Tea glass' }];
const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR);

/** A cart that was changed last so many hours ago. */
const cart = async (hours: number, change: object = {}) => {
  const id = newCartId();
  const data = { id, currency: 'EUR', lines: LINES, expiresAt: ago(hours - 30 * 24), updatedAt: ago(hours), ...change };
  await database.prisma.cart.create({ data });
  return id;
};
async function left(caller = 'notifications', after: string | null = null): Promise<LeftCart[] | unknown> {
  const contextValue = new Context('carts', null as never, { viewer: null, caller });
  const variableValues = { sinceHours: 28, untilHours: 4, after };
  const { data, errors } = await graphql({ schema, source: leftCarts.query, variableValues, contextValue });
  return errors ? errors[0]?.extensions.code : data?.leftCarts;
}

test('only filled carts that somebody left for hours, not days, and bought nothing after, each once a list', async () => {
  await cart(5, { email: 'ada@example.com' });
  await cart(27, { customerId: 'cus_1' });
  await cart(5);
  await cart(3, { email: 'early@example.com' });
  await cart(29, { email: 'late@example.com' });
  await cart(5, { email: 'empty@example.com', lines: [] });
  await cart(5, { email: 'closed@example.com', status: 'CLOSED' });
  await cart(10, { email: 'Bought@example.com' });
  await cart(12, { email: 'bought@example.com', status: 'CLOSED', orderId: 'ord_1', updatedAt: ago(9) });
  await cart(10, { email: 'before@example.com' });
  await cart(12, { email: 'before@example.com', status: 'CLOSED', orderId: 'ord_2', updatedAt: ago(11) });
  const found = (await left()) as LeftCart[];
  expect(found.map(({ email, customerId, lines }) => [email, customerId, lines])).toEqual([
    [null, 'cus_1', [{ title: 'Tea glass', quantity: 2 }]],
    ['before@example.com', null, [{ title: 'Tea glass', quantity: 2 }]],
    ['ada@example.com', null, [{ title: 'Tea glass', quantity: 2 }]],
  ]);
  expect(found.every(({ reference }) => /^[0-9a-f]{32}$/.test(reference))).toBe(true);
  expect(await left('notifications', found[1]!.cursor)).toEqual([found[2]]);
  expect(await left('notifications', found[2]!.cursor)).toEqual([]);
});

test('the public API cannot ask for them', async () => {
  expect(await left('router')).toBe('FORBIDDEN');
});
