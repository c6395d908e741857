import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { sendJson } from '#platform/graphql/http-body.ts';
import type { PlaygroundExample } from './playground-examples.ts';

const PREFIX = '/playground/';
const EXAMPLES = '/playground/examples.json';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

const SECURITY = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self' ws: wss:; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/**
 * Serves the built playground: its page at `/` and `/graphql` for browsers, its files below `/playground/`. The
 * answer is true when the request was for it.
 */
export function playgroundFiles(folder: string, examples: readonly PlaygroundExample[] = []) {
  const page = path.join(folder, 'index.html');

  return async (request: IncomingMessage, response: ServerResponse, requested: string): Promise<boolean> => {
    if (request.method !== 'GET') return false;
    if (requested === EXAMPLES) {
      sendJson(response, 200, examples, SECURITY);
      return true;
    }
    if (requested.startsWith(PREFIX)) return sendFile(folder, requested.slice(PREFIX.length), response);
    if (requested !== '/' && requested !== '/graphql') return false;
    const forBrowsers = request.headers.accept?.includes('text/html') ?? false;
    // A link to /graphql?query=… is a query, whoever follows it.
    if (!forBrowsers || (requested === '/graphql' && request.url?.includes('query='))) return false;
    if (!existsSync(page)) return false;
    response.writeHead(200, { ...SECURITY, 'content-type': TYPES['.html'], 'cache-control': 'no-cache' });
    response.end(readFileSync(page));
    return true;
  };
}

function sendFile(folder: string, name: string, response: ServerResponse): boolean {
  const file = path.join(folder, path.normalize(`/${name}`));
  if (!file.startsWith(`${folder}${path.sep}`) || !existsSync(file) || !statSync(file).isFile()) return false;
  response.writeHead(200, {
    ...SECURITY,
    'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    'content-length': statSync(file).size,
    // Their names carry a hash of their content.
    'cache-control': 'public, max-age=31536000, immutable',
  });
  createReadStream(file).pipe(response);
  return true;
}
