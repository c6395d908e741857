import { defineConfig } from 'vitest/config';
import { RETRIES } from './tests/run.config.ts';

export default defineConfig({
  resolve: {
    // Else CommonJS and ESM copies of graphql both load, and each calls the other's schema foreign.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['{platform,subgraphs,router,server,prisma,tests,bench,web}/**/*.{test,integration.test}.ts'],
    globalSetup: ['tests/postgres.ts'],
    setupFiles: ['tests/environment.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    retry: RETRIES,
  },
});
