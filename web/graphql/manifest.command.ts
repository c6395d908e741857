import { writeFileSync } from 'node:fs';
import * as generated from '#generated/graphql.ts';
import { manifestOf } from './manifest.ts';

// Part of npm run generate: writes what the router may hold the storefront to.
const documents = Object.values(generated).filter((value) => value instanceof generated.TypedDocumentString);
const file = new URL('../generated/persisted-query-manifest.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(manifestOf(documents), null, 2)}\n`);
