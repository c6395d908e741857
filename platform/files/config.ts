import path from 'node:path';
import { z } from 'zod';
import { port, readConfig, url } from '#platform/config/read-config.ts';
import { PROJECT_ROOT } from '#platform/config/root.ts';

const config = readConfig(
  {
    FILES_DIR: z.string().default('.data/files').describe('a folder for pictures, the same for every part'),
    ROUTER_PORT: port().default(4000).describe('a free port from 1 to 65535'),
    PUBLIC_URL: url('http', 'https')
      .optional()
      .describe('the address under which shoppers reach the router, e.g. https://api.example.com'),
  },
  process.env,
);

export const filesConfig = {
  folder: path.resolve(PROJECT_ROOT, config.FILES_DIR),
  /** Without a slash at its end. */
  publicUrl: (config.PUBLIC_URL ?? `http://localhost:${config.ROUTER_PORT}`).replace(/\/+$/, ''),
};
