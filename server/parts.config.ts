import { existsSync } from 'node:fs';
import { z } from 'zod';
import { flag, list, port, readConfig, url } from '#platform/config/read-config.ts';
import { inProject } from '#platform/config/root.ts';
import { SUBGRAPH_NAMES, type SubgraphName } from '#subgraphs/subgraphs.ts';
import type { Shape } from './config.ts';

export interface PartsConfig {
  /** Of each subgraph that this process runs. */
  readonly databases: Readonly<Partial<Record<SubgraphName, string>>>;
  /** Where each subgraph that this process does not run answers. */
  readonly urls: Readonly<Record<string, string>>;
  readonly host: string | undefined;
  readonly routerPort: number;
  readonly connections: number;
  readonly corsOrigins: readonly string[];
  /** Where people reach the storefront. */
  readonly storefrontUrl: string;
  readonly demoShop: boolean;
  readonly devMailbox: boolean;
  /** The folder of the built playground, or null where it is off. */
  readonly playground: string | null;
  /** The folder of the demo shop's operations, once the playground is built. */
  readonly playgroundExamples: string | undefined;
  readonly supergraph: string;
  /** Rather than while it is being written. */
  readonly production: boolean;
}

/** What the parts of a process are told, for the parts that it has. `routingUrls` are those of supergraph.yaml. */
export function readPartsConfig(
  shape: Shape,
  routingUrls: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = process.env,
): PartsConfig {
  const config = readConfig(
    {
      HOST: z.string().optional().describe('the address to listen at, e.g. 127.0.0.1; all when left out'),
      ROUTER_PORT: port().default(4000).describe('a free port from 1 to 65535 for the API'),
      WEB_PORT: port().default(3000).describe('the port of the storefront'),
      STOREFRONT_URL: url('http', 'https')
        .optional()
        .describe('the address of the storefront, e.g. https://shop.example.com'),
      CORS_ORIGINS: list()
        .default([])
        .describe('origins of further pages that may read answers, e.g. https://admin.example.com'),
      DATABASE_CONNECTIONS: z.coerce
        .number()
        .int()
        .min(2)
        .max(100)
        .default(4)
        .describe('connections of each pool, 2 to 100'),
      DEMO_SHOP: flag().default(false).describe('1 to fill an empty shop with the demo goods, or 0'),
      DEV_MAILBOX: flag().default(false).describe('1 to show the mailbox at /dev/mail, or 0'),
      PLAYGROUND: flag().default(true).describe('1 to serve the playground, or 0'),
      SUPERGRAPH: z
        .string()
        .default('router/schema/supergraph.graphql')
        .describe('the file of the composed supergraph'),
      ...Object.fromEntries(
        SUBGRAPH_NAMES.map((name) => [
          urlName(name),
          url('http', 'https').optional().describe(`where ${name} answers, e.g. http://${name}:4001/graphql`),
        ]),
      ),
      ...Object.fromEntries(
        shape.subgraphs.map((name) => [
          databaseName(name),
          url('postgresql', 'postgres').describe(`the Postgres URL of the ${name} database`),
        ]),
      ),
    },
    env,
  );
  const given = config as unknown as Record<string, string | undefined>;
  const webOrigins = [`http://localhost:${config.WEB_PORT}`, `http://127.0.0.1:${config.WEB_PORT}`];
  return {
    databases: Object.fromEntries(shape.subgraphs.map((name) => [name, given[databaseName(name)]])),
    urls: Object.fromEntries(SUBGRAPH_NAMES.map((name) => [name, given[urlName(name)] ?? routingUrls[name] ?? ''])),
    host: config.HOST,
    routerPort: config.ROUTER_PORT,
    connections: config.DATABASE_CONNECTIONS,
    corsOrigins: [
      ...(config.STOREFRONT_URL ? [new URL(config.STOREFRONT_URL).origin] : webOrigins),
      ...config.CORS_ORIGINS,
    ],
    storefrontUrl: config.STOREFRONT_URL?.replace(/\/+$/, '') ?? `http://localhost:${config.WEB_PORT}`,
    demoShop: config.DEMO_SHOP,
    devMailbox: config.DEV_MAILBOX,
    playground: config.PLAYGROUND ? inProject('build/playground') : null,
    playgroundExamples: existsSync(EXAMPLES) ? EXAMPLES : undefined,
    supergraph: inProject(config.SUPERGRAPH),
    production: env.NODE_ENV === 'production',
  };
}

const EXAMPLES = inProject('build/playground/examples');

const urlName = (name: string): string => `${name.toUpperCase()}_URL`;
const databaseName = (name: string): string => `${name.toUpperCase()}_DATABASE_URL`;
