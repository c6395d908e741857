import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '#platform/config/config-error.ts';
import { list, port, readConfig } from '#platform/config/read-config.ts';
import { PROJECT_ROOT } from '#platform/config/root.ts';
import { SUBGRAPH_NAMES, type SubgraphName } from '#subgraphs/subgraphs.ts';

export type Role = 'all' | 'api' | 'worker';

/** Which parts a process is. */
export interface Shape {
  readonly router: boolean;
  readonly subgraphs: readonly SubgraphName[];
  /** Answers requests. */
  readonly api: boolean;
  /** Runs jobs and sweepers. */
  readonly worker: boolean;
}

/** TARGET: `all`, `router`, or names of subgraphs; ROLE: `all`, `api` or `worker`. */
export function readShape(env: NodeJS.ProcessEnv = process.env): Shape {
  const legal = ['all', 'router', ...SUBGRAPH_NAMES];
  const { TARGET, ROLE } = readConfig(
    {
      TARGET: list()
        .default(['all'])
        .describe(`one or more of ${legal.join(', ')}`),
      ROLE: z.enum(['all', 'api', 'worker']).default('all').describe('all, api or worker'),
    },
    env,
  );
  const unknown = TARGET.find((name) => !legal.includes(name));
  if (unknown) throw new ConfigError(`TARGET names "${unknown}": set it to one or more of ${legal.join(', ')}.`);
  const all = TARGET.includes('all');
  return {
    router: all || TARGET.includes('router'),
    subgraphs: SUBGRAPH_NAMES.filter((name) => all || TARGET.includes(name)),
    api: ROLE !== 'worker',
    worker: ROLE !== 'api',
  };
}

export interface LaunchConfig {
  readonly webPort: number;
  readonly routerPort: number;
  /** Absolute. */
  readonly dataFolder: string;
}

/** What `npm start` and `npm run dev` are told. */
export function readLaunchConfig(env: NodeJS.ProcessEnv = process.env): LaunchConfig {
  const { WEB_PORT, ROUTER_PORT, SOUK_DATA } = readConfig(
    {
      WEB_PORT: port().default(3000).describe('a free port from 1 to 65535 for the storefront'),
      ROUTER_PORT: port().default(4000).describe('a free port from 1 to 65535 for the API and its playground'),
      SOUK_DATA: z.string().default('.data').describe('a folder for all data'),
    },
    env,
  );
  if (WEB_PORT === ROUTER_PORT) {
    throw new ConfigError(`WEB_PORT and ROUTER_PORT are both ${WEB_PORT}: set one of them to another port.`);
  }
  return { webPort: WEB_PORT, routerPort: ROUTER_PORT, dataFolder: path.resolve(PROJECT_ROOT, SOUK_DATA) };
}

/** Hands variables to parts that this process will load. */
export function setEnvironment(variables: Readonly<Record<string, string>>): void {
  Object.assign(process.env, variables);
}

/** The environment for a program that this process starts. */
export const childEnvironment = (variables: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  ...variables,
});
