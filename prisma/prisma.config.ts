import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// Prisma's own command line for one subgraph: SUBGRAPH=orders npx prisma migrate status --config prisma/prisma.config.ts
const here = path.dirname(fileURLToPath(import.meta.url));
const subgraph = process.env.SUBGRAPH ?? '';

if (!subgraph || !existsSync(path.join(here, subgraph, 'schema.prisma'))) {
  const names = readdirSync(here).filter((name) => existsSync(path.join(here, name, 'schema.prisma')));
  throw new Error(`SUBGRAPH is "${subgraph}": set it to one of ${names.join(', ')}.`);
}

// The native engine is a download at install time; this one comes from npm, so that Souk needs no other host.
if (!process.env.PRISMA_NATIVE_ENGINE) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(here, 'engine', 'schema-engine.mjs');
}

export default defineConfig({
  schema: path.join(here, subgraph, 'schema.prisma'),
  migrations: { path: path.join(here, subgraph, 'migrations') },
  datasource: { url: process.env[`${subgraph.toUpperCase()}_DATABASE_URL`] ?? '' },
});
