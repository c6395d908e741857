import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from '#platform/config/config-error.ts';
import { readLaunchConfig, setEnvironment } from './config.ts';
import { readCluster } from './postgres-cluster.ts';

/**
 * For commands beside a shop: the databases that the environment names, else those of the `npm start` that runs. Their
 * addresses are put into the environment, before the parts that read it are loaded.
 */
export async function useRunningDatabases(subgraphs: readonly string[], env = process.env): Promise<void> {
  const variables = subgraphs.map((name) => [`${name.toUpperCase()}_DATABASE_URL`, name] as const);
  if (variables.every(([variable]) => env[variable])) return;
  const { dataFolder } = readLaunchConfig(env);
  const url = await runningPostgres(path.join(dataFolder, 'postgres'));
  if (!url) {
    const names = variables.map(([variable]) => variable).join(' and ');
    throw new ConfigError(`No shop runs with ${dataFolder}: start it by npm start, or set ${names}.`);
  }
  const all = [...variables, ['QUEUES_DATABASE_URL', 'queues'] as const];
  setEnvironment(Object.fromEntries(all.map(([variable, name]) => [variable, url(name)])));
}

/** Null where none has said that it is ready. */
async function runningPostgres(data: string): Promise<((database: string) => string) | null> {
  const lines = (await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const cluster = lines[7]?.trim() === 'ready' ? await readCluster(data) : null;
  return cluster && ((database) => `postgresql://postgres:${cluster.password}@127.0.0.1:${lines[3]}/${database}`);
}
