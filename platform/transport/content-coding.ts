import { promisify } from 'node:util';
import zlib from 'node:zlib';

type Decode = (body: Buffer, limitBytes: number) => Promise<Buffer>;
type Unpack = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const decoder = (unpack: unknown): Decode => {
  const unpacked = promisify(unpack as (body: Buffer, options: object, done: () => void) => void) as unknown as Unpack;
  return (body, limitBytes) => unpacked(body, { maxOutputLength: limitBytes });
};

// Node has zstd from 22.15 on.
const { zstdDecompress } = zlib as unknown as { zstdDecompress?: unknown };

const DECODERS: Readonly<Record<string, Decode>> = {
  ...(zstdDecompress ? { zstd: decoder(zstdDecompress) } : {}),
  br: decoder(zlib.brotliDecompress),
  gzip: decoder(zlib.gunzip),
};

/** For `accept-encoding`: what this Node can unpack. */
export const UNPACKABLE = Object.keys(DECODERS).join(', ');

/** Longer than `limitBytes` when unpacked. */
export class TooLong extends Error {
  override readonly name = 'TooLong';
}

/** A body as it was before it was packed; throws `TooLong` before more than that is in memory. */
export async function unpack(body: Buffer, coding: string, limitBytes: number): Promise<Buffer> {
  const decode = DECODERS[coding === 'x-gzip' ? 'gzip' : coding];
  if (!decode) throw new Error(`an unknown content coding`);
  try {
    return await decode(body, limitBytes);
  } catch (error) {
    if (error instanceof RangeError || (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new TooLong();
    throw error;
  }
}
