import { isIP } from 'node:net';
import { Refusal } from '#platform/errors/refusal.ts';
import { isPublicAddress } from '#platform/files/public-network.ts';

const LONGEST = 2_000;

/** An address that events may be sent to, or a `Refusal`. Names are looked up again, and checked, at each connection. */
export function checkedUrl(text: string, allowsPrivate: boolean): string {
  const url = text.length <= LONGEST && URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw refused('Give a whole address, e.g. https://example.com/souk.');
  if (url.username || url.password) throw refused('Leave name and password out: each message is signed.');
  if (url.protocol === 'http:' && !allowsPrivate)
    throw refused('Use https: orders carry names and addresses of people.');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isPrivate = isIP(host) ? !isPublicAddress(host) : /(^|\.)(localhost|local|internal)$/i.test(host);
  if (isPrivate && !allowsPrivate) throw refused('Give an address that can be reached from the internet.');
  return url.href;
}

const refused = (sentence: string) => new Refusal('URL_REFUSED', sentence, { path: ['input', 'url'] });
