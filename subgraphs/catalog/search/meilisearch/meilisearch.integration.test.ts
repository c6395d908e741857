import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_KEY, startFakeMeilisearch } from '#tests/fake-meilisearch/fake-meilisearch.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from '../../database.ts';
import { useSearch } from '../chosen-search.ts';
import { postgresSearch } from '../postgres-search.ts';
import { describeProvider } from '../testing/provider-contract.ts';
import { meilisearch } from './meilisearch.ts';

const fake = await startFakeMeilisearch();
const provider = meilisearch({ url: fake.url, key: API_KEY });

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
  useSearch(provider);
});
afterAll(async () => {
  useSearch(postgresSearch);
  await close();
  await fake.close();
});

async function settle(): Promise<void> {
  while ((await provider.flush()) > 0);
  await fake.settled();
}

describeProvider('search in Meilisearch', () => ({ provider, settle }));

test('what cannot be told stays in the queue, and is told later', async () => {
  await settle();
  await database.prisma.searchQueue.create({ data: { productId: 'prod_gone' } });
  const locked = meilisearch({ url: fake.url, key: 'wrong' });
  await expect(locked.flush()).rejects.toThrow('403');
  expect(await database.prisma.searchQueue.count()).toBe(1);
  expect(await provider.flush()).toBe(1);
  expect(await database.prisma.searchQueue.count()).toBe(0);
});
