import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { apiClient } from '#tests/program/api-client.ts';
import { buy } from '#tests/program/shopper.ts';

const api = apiClient(inject('running').routerUrl);

interface Listed {
  products: { nodes: { id: string; variants: { nodes: { id: string; availability: { quantity: number } }[] } }[] };
}

/** Two products of which there is enough, one of the cheapest and one of the dearest. */
async function twoProducts() {
  const list = (sort: string) =>
    api.ask<Listed>(
      `{ products(sort: ${sort}, first: 20) { nodes { id variants(first: 5) { nodes { id availability { quantity } } } } } }`,
    );
  const pick = ({ products }: Listed) => {
    const inStock = products.nodes.flatMap(({ id, variants }) =>
      variants.nodes.filter(({ availability }) => availability.quantity >= 20).map((variant) => ({ id, variant })),
    );
    return inStock[0]!;
  };
  return [pick(await list('PRICE_ASC')), pick(await list('PRICE_DESC'))] as const;
}

// Answers are kept for a minute; one with another limit is another answer.
let limit = 4;
async function boughtWith(id: string): Promise<string[]> {
  const query = 'query($id: ID!, $limit: Int) { product(id: $id) { boughtTogether(limit: $limit) { id } } }';
  const { product } = await api.ask<{ product: { boughtTogether: { id: string }[] } }>(query, { id, limit: limit++ });
  return product.boughtTogether.map((each) => each.id);
}

test('what is bought together twice is shown with each other, once their orders were confirmed', async () => {
  const [cheap, dear] = await twoProducts();
  expect(await boughtWith(cheap.id)).not.toContain(dear.id);
  for (let i = 0; i < 2; i++)
    await buy(
      api,
      [cheap, dear].map(({ variant }) => ({ variantId: variant.id, quantity: 1 })),
    );
  await expect.poll(() => boughtWith(dear.id), { timeout: 20_000, interval: 1_500 }).toContain(cheap.id);
  expect(await boughtWith(cheap.id)).toContain(dear.id);
});

test('what a guest looks at is remembered, leads to more of its kind, and is forgotten on request', async () => {
  const [{ id: productId }] = await twoProducts();
  const visitor = randomUUID();
  const input = { productId, visitor };
  const record = 'mutation($input: ViewRecordInput!) { viewRecord(input: $input) { recorded userErrors { code } } }';
  expect(await api.ask(record, { input })).toEqual({ viewRecord: { recorded: true, userErrors: [] } });
  interface Lately {
    recentlyViewedProducts: { id: string; title: string }[];
    recommendedProducts: { id: string }[];
  }
  const lately = () =>
    api.ask<Lately>(
      'query($visitor: String) { recentlyViewedProducts(visitor: $visitor) { id title } recommendedProducts(visitor: $visitor) { id } }',
      { visitor },
    );
  await expect
    .poll(async () => (await lately()).recentlyViewedProducts, { timeout: 10_000 })
    .toEqual([{ id: productId, title: expect.any(String) }]);
  const { recommendedProducts } = await lately();
  expect(recommendedProducts).toHaveLength(8);
  expect(recommendedProducts.map(({ id }) => id)).not.toContain(productId);
  const forget = 'mutation($input: BrowsingForgetInput!) { browsingForget(input: $input) { forgotten } }';
  expect(await api.ask(forget, { input: { visitor } })).toEqual({ browsingForget: { forgotten: true } });
  expect((await lately()).recentlyViewedProducts).toEqual([]);
});
