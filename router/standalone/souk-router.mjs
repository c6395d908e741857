#!/usr/bin/env node
// Runs the built router where there is one (npm run build), else its source.
import { existsSync } from 'node:fs';

const built = new URL('../../build/server/souk-router.js', import.meta.url);
if (!existsSync(built)) (await import('tsx/esm/api')).register();
const { soukRouter } = await import(existsSync(built) ? built.href : './souk-router.command.ts');
await soukRouter(process.argv.slice(2));
