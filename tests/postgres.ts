import type { TestProject } from 'vitest/node';
import { startThrowawayPostgres } from '#server/embedded-postgres.ts';

/** Gives the suite a Postgres of its own, never the shop's. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startThrowawayPostgres();
  project.provide('postgresUrl', postgres.url('postgres'));
  return () => postgres.stop();
}
