import type { TestProject } from 'vitest/node';

/** Gives the suite a Postgres of its own, never the shop's. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('TEST_DATABASE_URL is not set.');
  project.provide('postgresUrl', url);
  return async () => {};
}
