import path from 'node:path';
import { z } from 'zod';
import { list, port, readConfig, url } from '#platform/config/read-config.ts';
import { PROJECT_ROOT } from '#platform/config/root.ts';

const MIB = 1 << 20;

const config = readConfig(
  {
    ROUTER_PORT: port().default(4000).describe('a free port from 1 to 65535'),
    PUBLIC_URL: url('http', 'https')
      .optional()
      .describe('the address under which shoppers reach the router, e.g. https://api.example.com'),
    FILES_S3_BUCKET: z.string().optional().describe('the name of the S3 bucket that pictures lie in'),
    FILES_S3_REGION: z.string().default('us-east-1').describe('the region of that bucket, e.g. eu-central-1'),
    FILES_S3_ENDPOINT: url('http', 'https')
      .optional()
      .describe('the address of a service that speaks S3 and is not AWS, e.g. http://minio:9000'),
    FILES_CACHE_MIB: z.coerce.number().int().min(0).max(4096).default(32).describe('a number of MiB from 0 to 4096'),
    UPLOAD_MIB: z.coerce.number().int().min(1).max(100).default(20).describe('a number of MiB from 1 to 100'),
    PICTURES_FROM: list()
      .default([])
      .describe('private addresses or networks that pictures may be fetched from, e.g. 10.1.0.0/16, parted by commas'),
  },
  process.env,
);

/** Where shoppers reach the router, without a slash at its end. */
export const publicUrl = (config.PUBLIC_URL ?? `http://localhost:${config.ROUTER_PORT}`).replace(/\/+$/, '');

/** The bucket that files lie in; null where they lie in a folder. */
export const bucket = config.FILES_S3_BUCKET
  ? { name: config.FILES_S3_BUCKET, region: config.FILES_S3_REGION, endpoint: config.FILES_S3_ENDPOINT ?? null }
  : null;

/** What served pictures may take in a process's memory. */
export const filesCacheBytes = config.FILES_CACHE_MIB * MIB;

/** How large a picture may be that comes from outside. */
export const pictureLimitBytes = config.UPLOAD_MIB * MIB;

/** Networks that pictures may be fetched from although they are private. */
export const picturesFrom: readonly string[] = config.PICTURES_FROM;

/** The absolute path of the folder for files; only those who read or write them must be told. */
export function filesFolder(): string {
  const { FILES_DIR } = readConfig(
    { FILES_DIR: z.string().describe('a folder for pictures, the same for router, catalog and workers') },
    process.env,
  );
  return path.resolve(PROJECT_ROOT, FILES_DIR);
}
