import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Pool } from 'undici';

export interface Call {
  readonly url: string;
  readonly body: string;
}

/**
 * What no gateway can beat: the calls of a plan with nothing done with their answers, or none at all.
 * `limits.process.ts <file with { answer, calls }> <port>`.
 */
const [file = '', port = '0'] = process.argv.slice(2);
const { answer, calls }: { answer: string; calls: Call[] } = JSON.parse(readFileSync(file, 'utf8'));
const pools = new Map(
  [...new Set(calls.map(({ url }) => new URL(url).origin))].map((origin) => [
    origin,
    new Pool(origin, { connections: 64 }),
  ]),
);
const length = Buffer.byteLength(answer);

const call = async ({ url, body }: Call): Promise<void> => {
  const { origin, pathname } = new URL(url);
  const headers = { 'content-type': 'application/json' };
  const response = await pools.get(origin)?.request({ path: pathname, method: 'POST', headers, body });
  await response?.body.text();
};

createServer((request, response) => {
  request.resume();
  request.on('end', async () => {
    await Promise.all(calls.map(call));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': length });
    response.end(answer);
  });
}).listen(Number(port), '127.0.0.1');
