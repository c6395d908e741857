import type { Agent, Dispatcher } from 'undici';
import { request } from 'undici';
import { Refusal } from '#platform/errors/refusal.ts';
import { pictureLimitBytes, picturesFrom } from './config.ts';
import { PrivateAddress, publicAgent } from './public-network.ts';

export interface PictureFetch {
  readonly agent: Agent;
  readonly limitBytes: number;
  /** For all of it: looking up, connecting, redirects and every byte. */
  readonly timeoutMs: number;
}

const MOST_REDIRECTS = 3;
const MOST_ADDRESS_LENGTH = 2048;

let usual: PictureFetch | undefined;

/**
 * The bytes of a picture at an address that somebody gave. Throws as a `Refusal`: `URL_REFUSED` for what is never asked,
 * `TOO_LARGE`, and `URL_UNREACHABLE` for what may work later (its `details.again` is true) or was answered with a no.
 */
export async function fetchPicture(address: string, options?: PictureFetch): Promise<Buffer> {
  usual ??= { agent: publicAgent(picturesFrom), limitBytes: pictureLimitBytes, timeoutMs: 15_000 };
  const { agent, limitBytes, timeoutMs } = options ?? usual;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await follow(pictureAddress(address), agent, signal);
    return await readWhole(response, limitBytes);
  } catch (reason) {
    throw told(reason, timeoutMs);
  }
}

/** An address that a picture may be fetched from, as far as that can be told without asking; throws `URL_REFUSED`. */
export function pictureAddress(text: string, base?: string): URL {
  const fits = text.length <= MOST_ADDRESS_LENGTH && URL.canParse(text, base);
  const url = fits ? new URL(text, base) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw refused('must be a whole http or https address');
  if (url.username || url.password) throw refused('may not carry a name or a password');
  return url;
}

const refused = (what: string) => new Refusal('URL_REFUSED', `The picture's address ${what}.`);

/** Every step passes the same checks: a public address may lead to a private one. */
async function follow(start: URL, agent: Agent, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  let url = start;
  for (let redirects = 0; ; redirects++) {
    const headers = { accept: 'image/avif,image/webp,image/*', 'accept-encoding': 'identity', 'user-agent': 'Souk' };
    const response = await request(url, { dispatcher: agent, signal, headers, headersTimeout: 10_000 });
    if (response.statusCode === 200) return response;
    const { location } = response.headers;
    // Without reading it the connection is of no more use.
    response.body.on('error', () => undefined).destroy();
    if (![301, 302, 303, 307, 308].includes(response.statusCode) || typeof location !== 'string')
      throw unreachable(
        `${url.host} answered ${response.statusCode}`,
        response.statusCode >= 500 || response.statusCode === 429,
      );
    if (redirects === MOST_REDIRECTS) throw refused(`leads on more than ${MOST_REDIRECTS} times`);
    url = pictureAddress(location, url.href);
  }
}

async function readWhole({ headers, body }: Dispatcher.ResponseData, limitBytes: number): Promise<Buffer> {
  const tooLarge = () => {
    body.on('error', () => undefined).destroy();
    return new Refusal('TOO_LARGE', `A picture may have ${limitBytes >> 20} MiB: make it smaller.`);
  };
  if (Number(headers['content-length']) > limitBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const unreachable = (why: string, again: boolean) =>
  new Refusal('URL_UNREACHABLE', `The picture could not be fetched: ${why}.`, { details: { again } });

/** What is told of a failure names no address within: who asks must not learn by it what answers where. */
function told(reason: unknown, timeoutMs: number): Refusal {
  if (reason instanceof Refusal) return reason;
  for (let cause = reason; cause instanceof Error; cause = cause.cause)
    if (cause instanceof PrivateAddress) return refused('leads to a private network, from which nothing is fetched');
  if ((reason as Error).name === 'TimeoutError')
    return unreachable(`it took longer than ${timeoutMs / 1000} seconds`, true);
  return unreachable('its server cannot be reached, or hung up', true);
}
