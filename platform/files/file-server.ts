import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { log } from '#platform/telemetry/log.ts';
import { type FileStore, isFileKey } from './file-store.ts';
import { IMAGE_FORMATS, type ImageFormat, servedWidth } from './image-url.ts';
import { imageResizer, ResizerBusy } from './resize-image.ts';

const TYPES: Record<string, string> = {
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.png': 'image/png',
};

/**
 * Answers `GET /files/<key>?w=<width>&f=<avif|webp|png>`: the file as stored without both, else a size of it, made once
 * and kept in the folder `sizes`.
 */
export function fileServer(store: FileStore, sizes: string) {
  const resized = imageResizer(store, sizes);

  const find = async ({ key, size }: Asked): Promise<Buffer | null> =>
    size ? await resized(key, size) : await store.get(key);

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(response, 405, 'Files are only read here.');
    }
    const asked = read(request.url ?? '');
    if (typeof asked === 'string') return refuse(response, 400, asked);
    try {
      const content = await find(asked);
      if (!content) return refuse(response, 404, 'There is no such file.');
      answer(request, response, asked, content);
    } catch (reason) {
      if (reason instanceof ResizerBusy) {
        response.setHeader('Retry-After', '2');
        return refuse(response, 503, 'Too many pictures are being made; try again in two seconds.');
      }
      log.error({ err: reason, key: asked.key }, 'A file could not be served');
      refuse(response, 500, 'This file cannot be shown.');
    }
  };
}

interface Asked {
  readonly key: string;
  /** Null for the file as it is stored. */
  readonly size: { readonly width: number; readonly format: ImageFormat } | null;
}

/** What is asked for, or the sentence that says why it makes no sense. */
function read(address: string): Asked | string {
  const url = URL.canParse(address, 'http://files') ? new URL(address, 'http://files') : null;
  const key = url?.pathname.replace(/^\/files\//, '') ?? '';
  if (!url || !isFileKey(key) || !TYPES[path.extname(key)])
    return 'The address must be /files/ and the key of a picture.';
  const width = url.searchParams.get('w');
  const format = url.searchParams.get('f');
  if (width === null && format === null) return { key, size: null };
  if (width !== null && !/^[1-9]\d{0,4}$/.test(width)) return 'w must be a width in pixels.';
  if (format !== null && !isFormat(format)) return `f must be one of ${IMAGE_FORMATS.join(', ')}.`;
  return { key, size: { width: servedWidth(Number(width ?? 1200)), format: format ?? 'webp' } };
}

const isFormat = (text: string): text is ImageFormat => IMAGE_FORMATS.includes(text as ImageFormat);

/** A key's content never changes, so a copy is good for ever and everywhere. */
function answer(request: IncomingMessage, response: ServerResponse, { key, size }: Asked, content: Buffer): void {
  const tag = `"${createHash('sha1').update(content).digest('base64url')}"`;
  response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  response.setHeader('ETag', tag);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  if (request.headers['if-none-match']?.includes(tag)) {
    response.writeHead(304).end();
    return;
  }
  response.setHeader('Content-Type', TYPES[size ? `.${size.format}` : path.extname(key)] ?? '');
  response.setHeader('Content-Length', content.length);
  response.writeHead(200).end(request.method === 'HEAD' ? undefined : content);
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${sentence}\n`);
}
