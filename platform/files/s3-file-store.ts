import type { S3Client } from '@aws-sdk/client-s3';
import { type FileStore, isFileKey, requireFileKey } from './file-store.ts';

export interface Bucket {
  readonly name: string;
  readonly region: string;
  /** Of a service that speaks S3 and is not AWS, such as MinIO, R2 or Ceph. */
  readonly endpoint: string | null;
}

const TYPES: Record<string, string> = { webp: 'image/webp', avif: 'image/avif', png: 'image/png' };

/**
 * Files in a bucket, by AWS' own client, which finds its credentials itself: variables, a profile, or the role of the
 * container or machine (docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-credentials-node.html).
 */
export function s3FileStore({ name: Bucket, region, endpoint }: Bucket): FileStore {
  let opened: Promise<Opened> | undefined;
  const open = (): Promise<Opened> => {
    opened ??= openClient(region, endpoint);
    return opened;
  };

  return {
    async put(key, content) {
      requireFileKey(key);
      const { client, s3 } = await open();
      const ContentType = TYPES[key.slice(key.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
      await client.send(new s3.PutObjectCommand({ Bucket, Key: key, Body: content, ContentType }));
    },
    async get(key) {
      if (!isFileKey(key)) return null;
      const { client, s3 } = await open();
      const found = await client.send(new s3.GetObjectCommand({ Bucket, Key: key })).catch(absent);
      return found?.Body ? Buffer.from(await found.Body.transformToByteArray()) : null;
    },
    async has(key) {
      if (!isFileKey(key)) return false;
      const { client, s3 } = await open();
      return (await client.send(new s3.HeadObjectCommand({ Bucket, Key: key })).catch(absent)) !== null;
    },
    async remove(keys) {
      for (const key of keys) requireFileKey(key);
      const { client, s3 } = await open();
      // One by one and not DeleteObjects: that needs a checksum which not every such service knows.
      for (let at = 0; at < keys.length; at += AT_ONCE) {
        const some = keys.slice(at, at + AT_ONCE);
        await Promise.all(some.map((Key) => client.send(new s3.DeleteObjectCommand({ Bucket, Key }))));
      }
    },
  };
}

const AT_ONCE = 8;

interface Opened {
  readonly client: S3Client;
  readonly s3: typeof import('@aws-sdk/client-s3');
}

// Loaded only where there is a bucket: it is by far the largest package of the server.
async function openClient(region: string, endpoint: string | null): Promise<Opened> {
  const s3 = await import('@aws-sdk/client-s3');
  const client = new s3.S3Client({
    region,
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    // Checksums beyond what S3 asks for are unknown to other services.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 20_000 },
    maxAttempts: 4,
  });
  return { client, s3 };
}

/** No such key, which HEAD, that has no body to say so in, calls not found. A bucket that is not there is a fault. */
function absent(reason: { name?: string }): null {
  if (reason.name === 'NoSuchKey' || reason.name === 'NotFound') return null;
  throw reason;
}
