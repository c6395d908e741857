import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type ApiClient, apiClient } from '#tests/program/api-client.ts';
import { fillCart, place, signIn } from '#tests/program/shopper.ts';

const { routerUrl, webUrl } = inject('running');
const guest = apiClient(routerUrl);
let staff: ApiClient;
beforeAll(async () => {
  staff = apiClient(routerUrl, await signIn(guest, 'admin@souk.test'));
});

/** What was made goes again: the shop is that of other tests, too. */
const made: string[] = [];
afterAll(async () => {
  const source = 'mutation($id: ID!) { productDelete(input: { id: $id }) { userErrors { code } } }';
  for (const id of made) await staff.ask(source, { id });
});

const WITHIN_A_SECOND = { timeout: 1_000, interval: 20 };

interface Edited {
  product: { id: string; handle: string; variants: { nodes: { id: string }[] } };
  userErrors: { code: string; message: string }[];
}

async function edit(mutation: string, type: string, input: object): Promise<Edited['product']> {
  const answer = await staff.ask<Record<string, Edited>>(
    `mutation($input: ${type}!) { ${mutation}(input: $input) { product { id handle variants { nodes { id } } } userErrors { code message } } }`,
    { input },
  );
  expect(answer[mutation]!.userErrors).toEqual([]);
  return answer[mutation]!.product;
}

const variant = (sku: string, value: string, amount: string) => ({
  ...{ sku, options: [{ name: 'Color', value }] },
  price: { amount, currency: 'EUR' },
});

/** A product in two colors, ten of each; its names are the test's own. */
async function newProduct(name: string): Promise<Edited['product']> {
  const { products } = await guest.ask<{ products: { nodes: { seller: { handle: string } }[] } }>(
    '{ products(first: 1) { nodes { seller { handle } } } }',
  );
  const seller = products.nodes[0]!.seller.handle;
  const product = await edit('productCreate', 'ProductCreateInput', {
    ...{ title: `Cup of ${name}`, handle: name, description: 'For tests.', seller },
    variants: [variant(`${name}-red`, 'Red', '10.00'), variant(`${name}-blue`, 'Blue', '12.00')],
  });
  made.push(product.id);
  for (const { id: variantId } of product.variants.nodes) {
    const set = async () =>
      (
        await staff.ask<{ stockSet: { userErrors: object[] } }>(
          'mutation($input: StockSetInput!) { stockSet(input: $input) { userErrors { code } } }',
          { input: { variantId, onHand: 10 } },
        )
      ).stockSet.userErrors;
    await expect.poll(set, { timeout: 5_000 }).toEqual([]);
  }
  return product;
}

const shown = async (handle: string) =>
  (
    await guest.ask<{ product: { handle: string; title: string } | null }>(
      'query($handle: String) { product(handle: $handle) { handle title } }',
      { handle },
    )
  ).product;

const cartNow = async (id: string) =>
  (
    await guest.ask<{
      cart: {
        cost: { subtotal: { amount: string } };
        problems: { code: string }[];
        lines: { variant: object | null }[];
      };
    }>(
      'query($id: ID!) { cart(id: $id) { cost { subtotal { amount } } problems { code } lines { variant { sku } } } }',
      { id },
    )
  ).cart;

describe('an edit by staff', () => {
  test('7: of a price shows at once in carts', async () => {
    const { id, variants } = await newProduct('seven');
    const cart = await fillCart(guest, [{ variantId: variants.nodes[0]!.id, quantity: 2 }]);
    expect((await cartNow(cart.id)).cost.subtotal.amount).toBe('20.00');
    await edit('productUpdate', 'ProductUpdateInput', {
      id,
      variants: [variant('seven-red', 'Red', '11.00'), variant('seven-blue', 'Blue', '12.00')],
    });
    expect((await cartNow(cart.id)).cost.subtotal.amount).toBe('22.00');
    const placed = await place(guest, { cartId: cart.id, expectedTotal: cart.cost.total.amount });
    expect(placed.userErrors.map(({ code }) => code)).toEqual(['PRICE_CHANGED']);
  });

  test('5: a variant that is sold no more is unavailable in carts and blocks the checkout; so is a withdrawn product', async () => {
    const { id, variants } = await newProduct('five');
    const [red, blue] = variants.nodes;
    const cart = await fillCart(guest, [{ variantId: red!.id, quantity: 1 }]);
    const other = await fillCart(guest, [{ variantId: blue!.id, quantity: 1 }]);
    await edit('productUpdate', 'ProductUpdateInput', { id, variants: [variant('five-blue', 'Blue', '12.00')] });
    expect(await cartNow(cart.id)).toMatchObject({
      ...{ problems: [{ code: 'VARIANT_UNAVAILABLE' }], lines: [{ variant: { sku: 'five-red' } }] },
    });
    expect((await place(guest, { cartId: cart.id })).userErrors.map(({ code }) => code)).toEqual([
      'VARIANT_UNAVAILABLE',
    ]);
    await expect(fillCart(guest, [{ variantId: red!.id, quantity: 1 }])).rejects.toThrow('VARIANT_NOT_FOUND');
    expect((await cartNow(other.id)).problems).toEqual([]);
    await edit('productUnpublish', 'ProductInput', { id });
    expect((await cartNow(other.id)).problems).toEqual([{ code: 'VARIANT_UNAVAILABLE' }]);
    await edit('productDelete', 'ProductInput', { id });
    expect((await place(guest, { cartId: other.id })).userErrors.map(({ code }) => code)).toEqual([
      'VARIANT_UNAVAILABLE',
    ]);
  });

  test('is seen within a second wherever it was kept, and a former address leads on', async () => {
    const { id } = await newProduct('kept');
    const list = async () =>
      (
        await guest.ask<{ products: { nodes: { title: string }[] } }>(
          '{ products(query: "kept cup") { nodes { title } } }',
        )
      ).products.nodes.filter(({ title }) => /kept/i.test(title));
    await expect.poll(() => shown('kept'), WITHIN_A_SECOND).toEqual({ handle: 'kept', title: 'Cup of kept' });
    expect([await list(), await shown('kept-still')]).toEqual([[{ title: 'Cup of kept' }], null]);
    await edit('productUpdate', 'ProductUpdateInput', { id, title: 'Kept cup of clay', handle: 'kept-still' });
    const now = { handle: 'kept-still', title: 'Kept cup of clay' };
    await expect.poll(() => shown('kept'), WITHIN_A_SECOND).toEqual(now);
    await expect.poll(() => shown('kept-still'), WITHIN_A_SECOND).toEqual(now);
    await expect.poll(list, WITHIN_A_SECOND).toEqual([{ title: now.title }]);
    await edit('productUnpublish', 'ProductInput', { id });
    await expect.poll(() => shown('kept'), WITHIN_A_SECOND).toBeNull();
  });

  test.skipIf(!webUrl)('the storefront answers a former address with 308', async () => {
    const { id } = await newProduct('moved');
    await edit('productUpdate', 'ProductUpdateInput', { id, handle: 'moved-on' });
    const old = await fetch(`${webUrl}/products/moved?variant=x`, { redirect: 'manual' });
    expect([old.status, old.headers.get('location')]).toEqual([
      308,
      expect.stringMatching(/\/products\/moved-on\?variant=x$/),
    ]);
    expect((await fetch(`${webUrl}/products/moved-on`, { redirect: 'manual' })).status).toBe(200);
  });
});
