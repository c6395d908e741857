import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '#platform/config/config-error.ts';
import { inProject } from '#platform/config/root.ts';

/** The subgraphs that have a schema, or the one asked for. */
export function subgraphsWithSchema(only?: string): string[] {
  const names = readdirSync(inProject('prisma')).filter((name) => existsSync(schemaFile(name)));
  if (only === undefined) return names.sort();
  if (names.includes(only)) return [only];
  throw new ConfigError(`There is no prisma/${only}/schema.prisma: choose one of ${names.sort().join(', ')}.`);
}

export const schemaFile = (subgraph: string): string => inProject('prisma', subgraph, 'schema.prisma');
export const migrationsFolder = (subgraph: string): string => inProject('prisma', subgraph, 'migrations');
export const generatedFolder = (subgraph: string): string => path.join(path.dirname(schemaFile(subgraph)), 'generated');
