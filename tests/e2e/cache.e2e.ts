import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ApiClient, apiClient } from '#tests/program/api-client.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { type Program, startProgram } from '#tests/program/program.ts';
import { signIn } from '#tests/program/shopper.ts';

const running = inject('running');
let databases: ProgramDatabases;
let program: Program;
let staff: ApiClient;
/** Stands between the storefront and the router, and notes where each answer comes from. */
let between: Server;
const told: (string | undefined)[] = [];

beforeAll(async () => {
  const { postgresUrl, redisUrl, shape, filesDir, seed } = running;
  const from = { url: (name: string) => seed[`${name.toUpperCase()}_DATABASE_URL`]! } as ProgramDatabases;
  databases = await createProgramDatabases(postgresUrl, from);
  between = createServer((asked, answer) => {
    const { method, headers, url } = asked;
    const forwarded = request(new URL(url ?? '/', program.routerUrl), { method, headers }, (answered) => {
      told.push(answered.headers['x-cache'] as string | undefined);
      answered.pipe(answer.writeHead(answered.statusCode ?? 502, answered.headers));
    });
    asked.pipe(forwarded.on('error', () => answer.destroy()));
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  const env = { CACHE_TELL: '1', ROUTER_URL: `http://127.0.0.1:${(between.address() as AddressInfo).port}/graphql` };
  program = await startProgram({ shape, databases, redisUrl: redisUrl && `${redisUrl}/9`, filesDir, env, web: true });
  staff = apiClient(program.routerUrl, await signIn(apiClient(program.routerUrl), 'admin@souk.test'));
});

afterAll(async () => {
  await program?.stop();
  between?.close();
  await databases?.drop();
});

interface Seen {
  readonly cached: string | null;
  readonly control: string | null;
  readonly quantity: number;
}

const LIST =
  '{ products(first: 3) { nodes { id title variants(first: 1) { nodes { id price { amount } availability { quantity } } } } } }';

interface Listed {
  data: {
    products: { nodes: { id: string; variants: { nodes: { id: string; availability: { quantity: number } }[] } }[] };
  };
}

async function list(): Promise<{ variantId: string } & Seen> {
  const response = await fetch(`${program.routerUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: LIST }),
  });
  const { data } = (await response.json()) as Listed;
  const variant = data.products.nodes[0]!.variants.nodes[0]!;
  return {
    cached: response.headers.get('x-cache'),
    control: response.headers.get('cache-control'),
    variantId: variant.id,
    quantity: variant.availability.quantity,
  };
}

test('a list is kept by the router, and stock that staff sets shows within a second', async () => {
  const first = await list();
  expect(first.control).toBe('max-age=10, public');
  await expect.poll(async () => (await list()).cached).toBe('HIT');
  const onHand = first.quantity + 17;
  const { stockSet } = await staff.ask<{ stockSet: { userErrors: unknown[] } }>(SET, {
    input: { variantId: first.variantId, onHand },
  });
  expect(stockSet.userErrors).toEqual([]);
  await expect.poll(async () => (await list()).quantity, { timeout: 1_000, interval: 20 }).toBe(onHand);
  await expect.poll(async () => (await list()).cached).toBe('HIT');
});

test('the page of a product is made of what is kept for who is not signed in, and shows stock that is set at once', async () => {
  const { products } = await staff.ask<{ products: { nodes: PageProduct[] } }>(PRODUCTS);
  const { handle, variants } = products.nodes[0]!;
  const page = async () => {
    told.length = 0;
    const text = await (await fetch(`${program.webUrl}/products/${handle}`)).text();
    return { kept: told.includes('HIT'), soldOut: /Sold out for now|Made to order/.test(text) };
  };
  await expect.poll(page, { timeout: 10_000 }).toEqual({ kept: true, soldOut: false });
  for (const { id: variantId } of variants.nodes) await staff.ask(SET, { input: { variantId, onHand: 0 } });
  await expect.poll(async () => (await page()).soldOut, { timeout: 1_000, interval: 20 }).toBe(true);
});

interface PageProduct {
  readonly handle: string;
  readonly variants: { readonly nodes: readonly { readonly id: string }[] };
}

const PRODUCTS = '{ products(first: 1) { nodes { handle variants(first: 50) { nodes { id } } } } }';
const SET = 'mutation($input: StockSetInput!) { stockSet(input: $input) { userErrors { code message } } }';
