import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ApiClient, apiClient } from '#tests/program/api-client.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { type Program, startProgram } from '#tests/program/program.ts';
import { signIn } from '#tests/program/shopper.ts';

const running = inject('running');
let databases: ProgramDatabases;
let program: Program;
let staff: ApiClient;

beforeAll(async () => {
  const { postgresUrl, redisUrl, shape, filesDir, seed } = running;
  const from = { url: (name: string) => seed[`${name.toUpperCase()}_DATABASE_URL`]! } as ProgramDatabases;
  databases = await createProgramDatabases(postgresUrl, from);
  const env = { CACHE_TELL: '1' };
  program = await startProgram({ shape, databases, redisUrl: redisUrl && `${redisUrl}/9`, filesDir, env });
  staff = apiClient(program.routerUrl, await signIn(apiClient(program.routerUrl), 'admin@souk.test'));
});

afterAll(async () => {
  await program?.stop();
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

const SET = 'mutation($input: StockSetInput!) { stockSet(input: $input) { userErrors { code message } } }';
