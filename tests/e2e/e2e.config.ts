import { delimiter } from 'node:path';
import { z } from 'zod';
import { flag, readConfig } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    SHAPE: z.enum(['all', 'split']).default('all').describe('all or split'),
    WITH_REDIS: flag().default(false).describe('1 for jobs on Redis, or 0 for Postgres'),
    PATH: z.string().default('').describe('folders of programs'),
    CHROMIUM: z.string().optional().describe('the path of a Chromium'),
  },
  process.env,
);

export const e2eConfig = {
  shape: config.SHAPE,
  redis: config.WITH_REDIS,
  chromium: config.CHROMIUM,
  path: config.PATH.split(delimiter),
};
