import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { log } from '#platform/telemetry/log.ts';
import { database } from '../database.ts';
import { searchProvider } from './chosen-search.ts';
import { countWords } from './index-products.ts';

const LOOK_MS = 60_000;
const FLUSH_MS = 1_000;
const COUNT_MS = 3_600_000;

/** A shop whose index is missing, such as one from before there was one, gets it by itself; its words are counted now and then. */
export const startKeepingIndex = (): Running[] => [
  every(LOOK_MS, 'Looking for the index of search', async () => {
    const [index] = await look();
    if (!index?.missing) return;
    log.info('Search has no index yet: making it');
    await searchProvider().rebuild(() => undefined);
  }),
  every(FLUSH_MS, 'Telling the search engine what changed', async () => ((await searchProvider().flush?.()) ?? 0) > 0),
  every(COUNT_MS, 'Counting the words of search', () => countWords()),
];

const look = database.statement<{ missing: boolean }>(
  'catalog.search.look-for-index',
  'SELECT NOT EXISTS (SELECT FROM search_document) AND EXISTS (SELECT FROM product WHERE published) AS missing',
);
