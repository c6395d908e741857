import type { IncomingMessage, ServerResponse } from 'node:http';
import { log } from '#platform/telemetry/log.ts';
import { refuse } from './file-server.ts';
import type { FileStore } from './file-store.ts';
import { pictureType, TELLING_BYTES } from './picture-type.ts';
import { readUploadAddress, uploadKey } from './uploads.ts';

/** A picture of 20 MiB over a line of 1.5 Mbit/s takes this long. */
const MOST_MS = 120_000;

/**
 * Answers `PUT` to an address of `uploadAddress`: 204 once the bytes are stored; 403 for an address that is not signed or
 * too old, 413 for more bytes than it allows, 415 for what is no picture by its first bytes, 503 when many send at once.
 * The address is all that is asked for, so pages of any origin may send.
 */
export function uploadServer(store: FileStore, { atOnce = 8, mostMs = MOST_MS } = {}) {
  let sending = 0;

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (request.method === 'OPTIONS') return allow(response);
    if (request.method !== 'PUT') {
      response.setHeader('Allow', 'PUT, OPTIONS');
      return refuse(response, 405, 'Pictures are sent here, by PUT.');
    }
    const upload = readUploadAddress(request.url ?? '');
    if (typeof upload === 'string') return refuseUnread(response, 403, upload);
    if (sending >= atOnce) {
      response.setHeader('Retry-After', '5');
      return refuseUnread(response, 503, 'Many pictures are being sent; try again in five seconds.');
    }
    sending++;
    try {
      const received = await receive(request, upload.limitBytes, mostMs);
      if (!Buffer.isBuffer(received)) return refuseUnread(response, ...received);
      await store.put(uploadKey(upload.id), received);
      response.writeHead(204).end();
    } catch (reason) {
      if (request.destroyed && !request.complete) return;
      log.error({ err: reason, upload: upload.id }, 'An upload could not be stored');
      refuseUnread(response, 500, 'The picture could not be stored; send it again.');
    } finally {
      sending--;
    }
  };
}

function allow(response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Methods', 'PUT');
  response.setHeader('Access-Control-Allow-Headers', 'content-type');
  response.setHeader('Access-Control-Max-Age', '7200');
  response.writeHead(204).end();
}

/** A client that still sends would not hear the answer if the connection closed on it: so long it is listened to. */
const DISCARD_MS = 2_000;

function refuseUnread(response: ServerResponse, status: number, sentence: string): void {
  refuse(response, status, sentence);
  const { req: request } = response;
  if (request.complete) return;
  const timer = setTimeout(() => request.destroy(), DISCARD_MS);
  request.resume().once('close', () => clearTimeout(timer));
}

/** The bytes, or the status and the sentence of a refusal, given as soon as it is certain. */
async function receive(request: IncomingMessage, limitBytes: number, mostMs: number): Promise<Buffer | Refused> {
  const tooLarge: Refused = [413, `A picture may have ${limitBytes} bytes: make it smaller.`];
  const noPicture: Refused = [415, 'This is no picture that is taken: send JPEG, PNG, WebP, AVIF or GIF.'];
  if (Number(request.headers['content-length']) > limitBytes) return tooLarge;
  const timer = setTimeout(() => request.destroy(), mostMs);
  const chunks: Buffer[] = [];
  let length = 0;
  let known = false;
  try {
    // Leaving the loop must not close the socket: the refusal still goes out over it.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limitBytes) return tooLarge;
      if (!known && length >= TELLING_BYTES) {
        if (!pictureType(Buffer.concat(chunks))) return noPicture;
        known = true;
      }
    }
  } finally {
    clearTimeout(timer);
  }
  return known ? Buffer.concat(chunks) : noPicture;
}

type Refused = [status: number, sentence: string];
