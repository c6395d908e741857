import { defineConfig } from 'vitest/config';
import { RETRIES } from '../run.config.ts';
import { e2eConfig } from './e2e.config.ts';

/** What is the same whatever shape is behind the API runs in one of them; `npm start` is the embedded one. */
const RUN_IN_THE_OTHER = { all: ['search-browser', 'after-sale-browser', 'stripe'], split: ['npm-start', 'busy'] };

/** The whole program: one shape and one backend a run, see setup.ts. */
export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['tests/**/*.e2e.ts'],
    exclude: RUN_IN_THE_OTHER[e2eConfig.shape].map((name) => `tests/e2e/${name}.e2e.ts`),
    globalSetup: ['tests/e2e/setup.ts'],
    setupFiles: ['tests/environment.ts'],
    pool: 'forks',
    // One after the other: they share one program, and some kill others.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 240_000,
    retry: RETRIES,
  },
});
