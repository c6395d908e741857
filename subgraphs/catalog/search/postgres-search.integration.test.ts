import { afterAll, beforeAll } from 'vitest';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from '../database.ts';
import { postgresSearch } from './postgres-search.ts';
import { describeProvider } from './testing/provider-contract.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

describeProvider('search in Postgres', () => ({ provider: postgresSearch, settle: async () => undefined }));
