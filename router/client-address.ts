import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/**
 * From where a request really comes. What `X-Forwarded-For` says is believed only as far as trusted proxies have written
 * it: the nearest address that is none of theirs (MDN, X-Forwarded-For, "Selecting an IP address").
 */
export function clientAddressReader(
  trustedProxies: readonly string[],
): (request: Pick<IncomingMessage, 'socket' | 'headers'>) => string | undefined {
  const trusted = new BlockList();
  for (const proxy of trustedProxies) {
    const [address = '', prefix] = proxy.split('/');
    const family = familyOf(address);
    if (!family) throw new Error(`"${proxy}" is neither an address nor a network.`);
    if (prefix === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(prefix), family);
  }
  const isTrusted = (address: string): boolean => {
    const family = familyOf(address);
    return family !== null && trusted.check(address, family);
  };

  return ({ socket, headers }) => {
    let address = plain(socket.remoteAddress);
    if (trustedProxies.length === 0 || !address) return address;
    const told = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    for (const before of told.map((name) => plain(name.trim())).reverse()) {
      if (!isTrusted(address)) break;
      if (!before || !isIP(before)) break;
      address = before;
    }
    return address;
  };
}

/** Addresses that one client has: an IPv6 customer has a whole /64 (RFC 6177). */
export function networkOf(address: string | undefined): string {
  if (!address || isIP(address) !== 6) return address ?? '';
  const [head = '', tail] = address.toLowerCase().split('::');
  const first = head.split(':').filter(Boolean);
  const last = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
  const groups = [...first, ...zeros, ...last].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

/** A socket that listens for both families has IPv4 addresses in IPv6's clothes. */
const plain = (address: string | undefined): string | undefined => address?.replace(/^::ffff:(?=\d+\.)/i, '');

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null;
}
