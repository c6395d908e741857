import { meilisearchAccount } from './config.ts';
import { meilisearch } from './meilisearch/meilisearch.ts';
import { postgresSearch } from './postgres-search.ts';
import type { SearchProvider } from './search-provider.ts';

let chosen: SearchProvider = meilisearchAccount ? meilisearch(meilisearchAccount) : postgresSearch;

/** Postgres, or the Meilisearch of `MEILISEARCH_URL`. */
export const searchProvider = (): SearchProvider => chosen;

/** Tests search with one after the other. */
export function useSearch(provider: SearchProvider): void {
  chosen = provider;
}
