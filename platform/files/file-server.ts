import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { log } from '#platform/telemetry/log.ts';
import { type FileStore, isFileKey } from './file-store.ts';
import { IMAGE_FORMATS, type ImageFormat, isServedKey, type Size, servedWidth } from './image-url.ts';
import { RecentFiles, type ServedFile } from './recent-files.ts';
import { imageResizer } from './resize-image.ts';
import { sendFile } from './send-file.ts';
import { Busy } from './turns.ts';

const TYPES: Record<string, string> = {
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.png': 'image/png',
};

/** A key's content never changes, so a copy is good for ever and everywhere. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Until the better one is made. */
const FOR_NOW = 'public, max-age=60';

/**
 * Answers `GET /files/<key>?w=<width>&f=<avif|webp|png>`: the file as stored without both, else a size of it. Without
 * `f` it is the best format that the request accepts; while a size is still to be made in AVIF, which takes long, it
 * is shown in WebP.
 */
export function fileServer(store: FileStore, { cacheBytes }: { readonly cacheBytes: number }) {
  const resizer = imageResizer(store);
  const recent = new RecentFiles(cacheBytes);

  const stored = async (key: string): Promise<ServedFile | null> => {
    const content = recent.get(key) ?? (await store.get(key));
    return content && (Buffer.isBuffer(content) ? recent.add(key, content) : content);
  };
  const sized = async (key: string, size: Size, find = resizer.resized): Promise<ServedFile | null> => {
    const name = `${size.width} ${size.format} ${key}`;
    const known = recent.get(name);
    if (known) return known;
    const content = await find(key, size);
    return content && recent.add(name, content);
  };

  const find = async ({ key, width, formats, varies }: Asked): Promise<Found | null> => {
    const found = (file: ServedFile | null, type: string | undefined, cacheControl = FOR_EVER): Found | null =>
      file && { ...file, type: type ?? '', cacheControl, varies };
    if (width === null) return found(await stored(key), TYPES[path.extname(key)]);
    const [best, next] = formats;
    if (!next) return found(await sized(key, { width, format: best }), TYPES[`.${best}`]);
    const better = await sized(key, { width, format: best }, resizer.made);
    if (better) return found(better, TYPES[`.${best}`]);
    const good = await sized(key, { width, format: next });
    if (good) resizer.makeLater(key, { width, format: best });
    return found(good, TYPES[`.${next}`], FOR_NOW);
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(response, 405, 'Files are only read here.');
    }
    const asked = read(request);
    if (typeof asked === 'string') return refuse(response, 400, asked);
    try {
      const found = await find(asked);
      if (!found) return refuse(response, 404, 'There is no such file.');
      sendFile(request, response, found);
    } catch (reason) {
      if (reason instanceof Busy) {
        response.setHeader('Retry-After', '2');
        return refuse(response, 503, 'Too many pictures are being made; try again in two seconds.');
      }
      log.error({ err: reason, key: asked.key }, 'A file could not be served');
      refuse(response, 500, 'This file cannot be shown.');
    }
  };
}

export interface Found extends ServedFile {
  readonly type: string;
  readonly cacheControl: string;
  /** Whether others would get it in another format. */
  readonly varies: boolean;
}

interface Asked {
  readonly key: string;
  /** Null for the file as it is stored. */
  readonly width: number | null;
  /** The one that was asked for, or those that would do, the best first. */
  readonly formats: readonly [ImageFormat, ...ImageFormat[]];
  readonly varies: boolean;
}

/** What is asked for, or the sentence that says why it makes no sense. */
function read({ url: address = '', headers }: IncomingMessage): Asked | string {
  // No URL is made of it: a key needs no decoding, and what would need some is none.
  const end = address.indexOf('?');
  const key = (end < 0 ? address : address.slice(0, end)).replace(/^\/files\//, '');
  if (!isFileKey(key) || !isServedKey(key) || !TYPES[path.extname(key)])
    return 'The address must be /files/ and the key of a picture.';
  const query = new URLSearchParams(end < 0 ? '' : address.slice(end));
  const width = query.get('w');
  const format = query.get('f');
  if (width === null && format === null) return { key, width: null, formats: ['webp'], varies: false };
  if (width !== null && !/^[1-9]\d{0,4}$/.test(width)) return 'w must be a width in pixels.';
  if (format !== null && !isFormat(format)) return `f must be one of ${IMAGE_FORMATS.join(', ')}.`;
  const formats = format ? ([format] as const) : accepted(headers.accept);
  return { key, width: servedWidth(Number(width ?? 1200)), formats, varies: format === null };
}

const isFormat = (text: string): text is ImageFormat => IMAGE_FORMATS.includes(text as ImageFormat);

/** Only who names AVIF shows it; who takes anything, such as a mail program's proxy, gets what all show since 2020. */
function accepted(accept = '*/*'): Asked['formats'] {
  const others: Asked['formats'] = /image\/webp|image\/\*|\*\/\*/.test(accept) ? ['webp'] : ['png'];
  return accept.includes('image/avif') ? ['avif', ...others] : others;
}

export function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${sentence}\n`);
}
