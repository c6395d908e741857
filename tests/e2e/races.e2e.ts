import { expect, inject, test } from 'vitest';
import { apiClient } from '#tests/program/api-client.ts';
import { fillCart, type Placing, place, signIn, variantsInStock } from '#tests/program/shopper.ts';
import { queryOf } from './running-databases.ts';

const { routerUrl } = inject('running');
const api = apiClient(routerUrl);

test('9: the last unit and 100 carts at once: 1 order, 99 INSUFFICIENT_STOCK, no money authorized for the 99', async () => {
  const variant = (await variantsInStock(api)).at(-1)!.id;
  const admin = apiClient(routerUrl, await signIn(api, 'admin@souk.test'));
  await setStock(admin, variant, 100);
  const carts = await inTens(100, () => fillCart(api, [{ variantId: variant, quantity: 1 }]));
  await setStock(admin, variant, 1);
  const intentsBefore = await intents();

  const answers = await Promise.all(
    carts.map((cart) => place(api, { cartId: cart.id }).catch((reason: Error) => reason)),
  );

  const placed = answers.filter((answer) => !(answer instanceof Error) && answer.order) as Placing[];
  const refused = answers.map((answer) => (answer instanceof Error ? answer.message : answer.userErrors[0]?.code));
  expect(placed).toHaveLength(1);
  // A cart that is frozen after the winner already sees the shortage; both refusals are the same to the shopper.
  expect(refused.filter((code) => code === 'INSUFFICIENT_STOCK')).toHaveLength(99);
  expect((await intents()) - intentsBefore).toBe(1);
  expect(
    await queryOf('inventory')('SELECT on_hand - reserved AS available FROM stock WHERE variant_id = $1', [variant]),
  ).toEqual([{ available: 0 }]);
});

test('10: carts with the same variants in opposite order, 100 at once: no deadlock reaches a caller', async () => {
  const [a, b] = (await variantsInStock(api, 120)).slice(-4).map(({ id }) => id);
  const carts = await inTens(100, (i) => {
    const lines = [a, b].map((variantId) => ({ variantId: variantId!, quantity: 1 }));
    return fillCart(api, i % 2 ? lines : lines.reverse());
  });
  const answers = await Promise.all(carts.map((cart) => place(api, { cartId: cart.id })));
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  expect(new Set(answers.map(({ order }) => order!.id)).size).toBe(100);
});

async function setStock(admin: typeof api, variantId: string, onHand: number): Promise<void> {
  // Reserved units of earlier tests stay reserved: what can be promised is what this sets.
  const [row] = await queryOf('inventory')<{ reserved: number }>('SELECT reserved FROM stock WHERE variant_id = $1', [
    variantId,
  ]);
  const { stockSet } = await admin.ask<{ stockSet: { userErrors: unknown[] } }>(
    'mutation($input: StockSetInput!) { stockSet(input: $input) { userErrors { code message } } }',
    { input: { variantId, onHand: onHand + row!.reserved } },
  );
  expect(stockSet.userErrors).toEqual([]);
}

async function intents(): Promise<number> {
  const [row] = await queryOf('payments')<{ n: number }>(
    "SELECT count(*)::int AS n FROM test_intent WHERE status <> 'requires_payment_method'",
  );
  return row!.n;
}

async function inTens<Result>(count: number, deed: (i: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let i = 0; i < count; i += 10)
    results.push(...(await Promise.all(Array.from({ length: 10 }, (_, k) => deed(i + k)))));
  return results;
}
