import { z } from 'zod';
import { readConfig, url } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    MEILISEARCH_URL: url('http', 'https')
      .optional()
      .describe('the address of a Meilisearch, e.g. http://localhost:7700'),
    MEILISEARCH_KEY: z
      .string()
      .optional()
      .describe('a key of that Meilisearch that may search, write documents and set indexes'),
  },
  process.env,
);

/** Null where Postgres searches. */
export const meilisearchAccount = config.MEILISEARCH_URL
  ? { url: config.MEILISEARCH_URL.replace(/\/$/, ''), key: config.MEILISEARCH_KEY ?? null }
  : null;
