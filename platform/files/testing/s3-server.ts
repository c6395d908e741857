import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface S3Server {
  readonly endpoint: string;
  stop(): Promise<void>;
}

interface S3rver {
  run(): Promise<{ port: number }>;
  close(): Promise<void>;
}
type S3rverClass = new (options: Record<string, unknown>) => S3rver;

/** An S3 of this process with one bucket, for tests; its credentials are put into the environment. */
export async function startS3(bucket: string, port = 0): Promise<S3Server> {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' });
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-s3-'));
  const S3rver = createRequire(import.meta.url)('s3rver') as S3rverClass;
  const configureBuckets = [{ name: bucket }];
  const server = new S3rver({ port, address: '127.0.0.1', silent: true, directory, configureBuckets });
  const { port: taken } = await server.run();
  return {
    endpoint: `http://127.0.0.1:${taken}`,
    async stop() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
