import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Found } from './file-server.ts';

/** Answers GET or HEAD with a file: whole, a part of it, or the word that the client's copy is still good (RFC 9110). */
export function sendFile(request: IncomingMessage, response: ServerResponse, file: Found): void {
  const { content, tag, type, cacheControl, varies } = file;
  response.setHeader('Cache-Control', cacheControl);
  response.setHeader('ETag', tag);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  if (varies) response.setHeader('Vary', 'Accept');
  const { 'if-none-match': known, 'if-range': asOf, range } = request.headers;
  if (known?.includes(tag)) {
    response.writeHead(304).end();
    return;
  }
  const part = request.method === 'GET' && (asOf === undefined || asOf === tag) ? partOf(range, content.length) : null;
  if (part === 'beyond') {
    response.setHeader('Content-Range', `bytes */${content.length}`);
    response.writeHead(416).end();
    return;
  }
  const body = part ? content.subarray(part.from, part.to + 1) : content;
  if (part) response.setHeader('Content-Range', `bytes ${part.from}-${part.to}/${content.length}`);
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', body.length);
  response.writeHead(part ? 206 : 200).end(request.method === 'HEAD' ? undefined : body);
}

/** One range, both ends of it included; null for the whole, which also answers what is not understood, or several. */
function partOf(range: string | undefined, length: number): { from: number; to: number } | 'beyond' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? [];
  if (!first && !last) return null;
  const from = first ? Number(first) : Math.max(0, length - Number(last));
  const to = first && last ? Math.min(Number(last), length - 1) : length - 1;
  if (first && last && Number(last) < from) return null;
  return from >= length ? 'beyond' : { from, to };
}
