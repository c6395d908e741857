import path from 'node:path';
import { z } from 'zod';
import { port, readConfig, url } from '#platform/config/read-config.ts';
import { PROJECT_ROOT } from '#platform/config/root.ts';

const config = readConfig(
  {
    ROUTER_PORT: port().default(4000).describe('a free port from 1 to 65535'),
    PUBLIC_URL: url('http', 'https')
      .optional()
      .describe('the address under which shoppers reach the router, e.g. https://api.example.com'),
  },
  process.env,
);

/** Where shoppers reach the router, without a slash at its end. */
export const publicUrl = (config.PUBLIC_URL ?? `http://localhost:${config.ROUTER_PORT}`).replace(/\/+$/, '');

/** The absolute path of the folder for files; only those who read or write them must be told. */
export function filesFolder(): string {
  const { FILES_DIR } = readConfig(
    { FILES_DIR: z.string().describe('a folder for pictures, the same for the router and catalog') },
    process.env,
  );
  return path.resolve(PROJECT_ROOT, FILES_DIR);
}
