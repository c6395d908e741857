import { afterEach, expect, inject, test } from 'vitest';
import { apiClient } from '#tests/program/api-client.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { type Program, startProgram } from '#tests/program/program.ts';
import { fillCart, place, statusesOf, variantsInStock } from '#tests/program/shopper.ts';

const running = inject('running');
const started: Program[] = [];
const WAY = ['CONFIRMED', 'PREPARING', 'SHIPPED', 'OUT_FOR_DELIVERY', 'DELIVERED'];

afterEach(async () => {
  await Promise.all(started.splice(0).map((program) => program.stop()));
});

test('28: subscribers early and late, each at another process, hear the present status and then every later one once', async () => {
  const { redisUrl, filesDir } = running;
  const databases = { env: running.databases } as ProgramDatabases;
  // A second program that answers requests on the same databases; jobs stay with the first.
  const second = await startProgram({ shape: 'all', databases, redisUrl, filesDir, env: { ROLE: 'api' } });
  started.push(second);
  const [here, there] = [apiClient(running.routerUrl), apiClient(second.routerUrl)];
  const [variant] = await variantsInStock(here);
  const cart = await fillCart(there, [{ variantId: variant!.id, quantity: 1 }]);
  const { order, accessToken } = await place(there, { cartId: cart.id });
  const follow = (api: typeof here) => statusesOf(api, order!.id, accessToken!);

  const early = [here, there, here, there].map(follow);
  await expect.poll(() => statusNow(there, order!.id, accessToken!), { timeout: 20_000 }).toBe('SHIPPED');
  const late = [here, there].map(follow);

  for (const heard of await Promise.all(early)) expect(heard).toEqual(WAY);
  for (const heard of await Promise.all(late)) expect(heard).toEqual(WAY.slice(WAY.indexOf(heard[0]!)));
});

test('36: programs that start at once on empty databases migrate them once, and all of them serve', async () => {
  const { postgresUrl, redisUrl, filesDir } = running;
  const databases = await createProgramDatabases(postgresUrl);
  try {
    const options = { shape: 'all', databases, redisUrl: redisUrl && `${redisUrl}/3`, filesDir } as const;
    started.push(...(await Promise.all([startProgram(options), startProgram(options), startProgram(options)])));
    const applied = await databases.query<{ times: number }>(
      'orders',
      'SELECT count(*)::int AS times FROM _prisma_migrations WHERE finished_at IS NOT NULL GROUP BY migration_name',
    );
    expect(new Set(applied.map(({ times }) => times))).toEqual(new Set([1]));
    for (const { routerUrl } of started) {
      expect(await apiClient(routerUrl).ask('{ shop { currency } products { totalCount } }')).toEqual({
        shop: { currency: 'EUR' },
        products: { totalCount: 0 },
      });
    }
  } finally {
    await Promise.all(started.splice(0).map((program) => program.stop()));
    await databases.drop();
  }
});

test('36: a router that was there first answers for a subgraph as soon as that is up', async () => {
  const { postgresUrl, redisUrl, filesDir, shape, seed } = running;
  if (shape === 'all') return;
  const from = { url: (name: string) => seed[`${name.toUpperCase()}_DATABASE_URL`]! } as ProgramDatabases;
  const databases = await createProgramDatabases(postgresUrl, from);
  try {
    const program = await startProgram({
      shape,
      databases,
      redisUrl: redisUrl && `${redisUrl}/4`,
      filesDir,
      parts: ['router'],
    });
    started.push(program);
    const api = apiClient(program.routerUrl);
    expect((await api.send('{ products { totalCount } }')).errors?.[0]?.extensions?.code).toBe('SUBGRAPH_UNAVAILABLE');
    await program.start('catalog');
    await expect
      .poll(async () => (await api.send('{ products { totalCount } }')).data, { timeout: 30_000 })
      .toEqual({ products: { totalCount: 115 } });
  } finally {
    await Promise.all(started.splice(0).map((program) => program.stop()));
    await databases.drop();
  }
});

async function statusNow(
  api: ReturnType<typeof apiClient>,
  id: string,
  accessToken: string,
): Promise<string | undefined> {
  const { order } = await api.ask<{ order: { status: string } | null }>(
    'query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) { status } }',
    { id, accessToken },
  );
  return order?.status;
}
