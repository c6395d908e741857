#!/usr/bin/env node
// Prisma's command line starts its engine as a program: this is that program.
import { register } from 'tsx/esm/api';

register();
await import('./json-rpc.command.ts');
