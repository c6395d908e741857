import { defineConfig } from 'vitest/config';
import { e2eConfig } from './e2e.config.ts';

/** The whole program: one shape and one backend a run, see setup.ts. */
export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['tests/**/*.e2e.ts'],
    // It starts the embedded shape by itself: once is enough.
    exclude: e2eConfig.shape === 'all' ? [] : ['tests/e2e/npm-start.e2e.ts'],
    globalSetup: ['tests/e2e/setup.ts'],
    setupFiles: ['tests/environment.ts'],
    pool: 'forks',
    // One after the other: they share one program, and some kill others.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 240_000,
  },
});
