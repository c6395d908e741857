#!/usr/bin/env node
// Runs the built router where there is one (npm run build; it starts in a quarter of the CPU), else its source, as does
// `node --import tsx`.
import { existsSync } from 'node:fs';

const built = new URL('../../build/router/souk-router.js', import.meta.url);
const isLoaded = process.execArgv.some((word) => word.includes('tsx'));
const isBuilt = !isLoaded && existsSync(built);
if (!isBuilt && !isLoaded) (await import('tsx/esm/api')).register();
const { soukRouter } = await import(isBuilt ? built.href : './souk-router.command.ts');
await soukRouter(process.argv.slice(2));
