import { postgresSearch } from './postgres-search.ts';
import type { SearchProvider } from './search-provider.ts';

export const searchProvider = (): SearchProvider => postgresSearch;
