import { expect, inject, test } from 'vitest';
import { apiClient } from '#tests/program/api-client.ts';
import { fillCart, place, variantsInStock } from '#tests/program/shopper.ts';

const { routerUrl } = inject('running');
const api = apiClient(routerUrl);
const webhooks = new URL('/webhooks/payments/test', routerUrl);

test.each([
  ['approve', 'CONFIRMED'],
  ['refuse', 'CANCELLED'],
])('17: the bank’s word comes by webhook over HTTP, and nobody asks for it: %s, %s', async (answer, status) => {
  const [variant] = await variantsInStock(api);
  const cart = await fillCart(api, [{ variantId: variant!.id, quantity: 1 }]);
  const { order, accessToken, nextAction } = await place(api, {
    ...{ cartId: cart.id, token: 'pm_card_threeDSecure2Required' },
  });
  await fetch(nextAction!.url, { method: 'POST', body: new URLSearchParams({ answer }) });
  const seen: string[] = [];
  for await (const { data } of api.follow<{ orderUpdated: { status: string } }>(
    'subscription($id: ID!, $accessToken: String) { orderUpdated(id: $id, accessToken: $accessToken) { status } }',
    { id: order!.id, accessToken },
  )) {
    seen.push(data!.orderUpdated.status);
    if (seen.at(-1) !== 'PENDING_PAYMENT') break;
  }
  expect(seen.at(-1)).toBe(status);
});

test('20: what the provider did not sign is 400, what is no POST 405, and what is too large is cut off', async () => {
  const forged = { method: 'POST', body: '{}', headers: { 'test-provider-signature': `t=1,v1=${'0'.repeat(64)}` } };
  expect((await fetch(webhooks, forged)).status).toBe(400);
  expect((await fetch(new URL('/webhooks/payments/nobody', routerUrl), forged)).status).toBe(400);
  expect((await fetch(webhooks)).status).toBe(405);
  const large = fetch(webhooks, { ...forged, body: 'x'.repeat(1_000_001) }).then(({ status }) => status);
  expect(await large.catch(() => 413)).toBe(413);
});
