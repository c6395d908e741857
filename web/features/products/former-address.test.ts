import { NextRequest } from 'next/server';
import { expect, test, vi } from 'vitest';

const send = vi.fn();
vi.mock('#graphql/send.ts', () => ({ send }));
vi.mock('#generated/graphql.ts', () => ({ ProductAddressDocument: 'ProductAddress' }));
const { formerAddress } = await import('./former-address.ts');

const answerOf = (path: string, headers: Record<string, string> = {}) =>
  formerAddress(new NextRequest(`https://shop.example${path}`, { headers }));

test('a former address of a product answers 308 with the present one, and what was asked beside it', async () => {
  send.mockResolvedValue({ product: { id: 'prod_1', handle: 'größe-2' } });
  const answer = await answerOf('/products/gr%C3%B6%C3%9Fe?variant=var_1');
  expect(send.mock.calls.at(-1)?.[1]).toEqual({ handle: 'größe' });
  expect([answer?.status, answer?.headers.get('location')]).toEqual([
    308,
    'https://shop.example/products/gr%C3%B6%C3%9Fe-2?variant=var_1',
  ]);
});

test('what is where it was, nowhere, or cannot be asked for goes on to the page', async () => {
  send.mockResolvedValue({ product: { id: 'prod_1', handle: 'mug' } });
  expect(await answerOf('/products/mug')).toBeNull();
  send.mockResolvedValue({ product: null });
  expect(await answerOf('/products/none')).toBeNull();
  send.mockRejectedValue(new Error('The API is down'));
  expect(await answerOf('/products/mug')).toBeNull();
});

test('other pages, and moves within the shop, ask nothing', async () => {
  send.mockClear();
  for (const path of ['/', '/products', '/products/', '/products/a/b', '/categories/mug', '/products/%E0%A4%A'])
    expect(await answerOf(path)).toBeNull();
  expect(await answerOf('/products/mug', { rsc: '1' })).toBeNull();
  expect(send).not.toHaveBeenCalled();
});
