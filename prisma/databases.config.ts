import { readConfig, url } from '#platform/config/read-config.ts';

/** The variable that names a subgraph's database, e.g. `ORDERS_DATABASE_URL`. */
export const databaseVariable = (subgraph: string): string => `${subgraph.toUpperCase()}_DATABASE_URL`;

/** Reads it; a missing or wrong one is refused. */
export function databaseUrl(subgraph: string): string {
  const help = `the Postgres URL of the database of ${subgraph}, e.g. postgresql://user:password@host:5432/${subgraph}`;
  const name = databaseVariable(subgraph);
  return readConfig({ [name]: url('postgresql', 'postgres').describe(help) }, process.env)[name] as string;
}

/** The environment of Prisma's command line for one subgraph, without its advertisements. */
export const prismaEnvironment = (subgraph: string): NodeJS.ProcessEnv => ({
  ...process.env,
  SUBGRAPH: subgraph,
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
});
