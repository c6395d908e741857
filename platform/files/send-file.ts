import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Found } from './file-server.ts';

/** Answers GET or HEAD with a file: whole, a part of it, or the word that the client's copy is still good (RFC 9110). */
export function sendFile(request: IncomingMessage, response: ServerResponse, file: Found): void {
  const { content, tag, type, cacheControl, varies } = file;
  const headers: OutgoingHttpHeaders = {
    'Cache-Control': cacheControl,
    ETag: tag,
    'Accept-Ranges': 'bytes',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ...(varies ? { Vary: 'Accept' } : {}),
  };
  const { 'if-none-match': known, 'if-range': asOf, range } = request.headers;
  if (known?.includes(tag)) {
    response.writeHead(304, headers).end();
    return;
  }
  const part = request.method === 'GET' && (asOf === undefined || asOf === tag) ? partOf(range, content.length) : null;
  if (part === 'beyond') {
    response.writeHead(416, { ...headers, 'Content-Range': `bytes */${content.length}` }).end();
    return;
  }
  const body = part ? content.subarray(part.from, part.to + 1) : content;
  if (part) headers['Content-Range'] = `bytes ${part.from}-${part.to}/${content.length}`;
  headers['Content-Type'] = type;
  headers['Content-Length'] = body.length;
  response.writeHead(part ? 206 : 200, headers).end(request.method === 'HEAD' ? undefined : body);
}

/** One range, both ends of it included; null for the whole, which also answers what is not understood, or several. */
function partOf(range: string | undefined, length: number): { from: number; to: number } | 'beyond' | null {
  if (range === undefined) return null;
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range) ?? [];
  if (!first && !last) return null;
  const from = first ? Number(first) : Math.max(0, length - Number(last));
  const to = first && last ? Math.min(Number(last), length - 1) : length - 1;
  if (first && last && Number(last) < from) return null;
  return from >= length ? 'beyond' : { from, to };
}
