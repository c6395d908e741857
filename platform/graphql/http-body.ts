import type { IncomingMessage, ServerResponse } from 'node:http';

/** The body was longer than allowed; answer 413. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** A client that has not sent all of a body that is too large would not hear the answer: so long it is listened to. */
const DISCARD_MS = 2_000;

/** The whole body as text; throws `BodyTooLarge`. */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    let discarding: NodeJS.Timeout | undefined;
    const settle = (): void => {
      clearTimeout(discarding);
      if (discarding) reject(new BodyTooLarge());
      else resolve(Buffer.concat(chunks).toString('utf8'));
    };
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (discarding) return;
      if (length <= limitBytes) {
        chunks.push(chunk);
        return;
      }
      chunks = [];
      discarding = setTimeout(settle, DISCARD_MS);
    });
    request.on('end', settle);
    request.on('error', reject);
  });
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** A GraphQL answer that is one error. */
export function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): void {
  // What was not read of the request would be taken for the next one on this connection.
  if (!response.req.complete) response.setHeader('connection', 'close');
  sendJson(response, status, { errors: [{ message, extensions: { code } }] }, headers);
}
