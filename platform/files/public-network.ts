import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction, type Socket } from 'node:net';
import { Agent, buildConnector } from 'undici';

/** The address belongs to a private network, to this machine or to nobody. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';
}

/** What the IANA special-purpose registries (RFC 6890) keep from the public internet, cloud metadata (169.254) included. */
const SPECIAL_IPV4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
];
/** All that is public lies in 2000::/3; of that these are documentation, Teredo and its like, and 6to4, which hides an IPv4. */
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const special = networks([...SPECIAL_IPV4, ...SPECIAL_IPV6]);
const publicIpv6 = networks(['2000::/3']);

/** Whether an address, in numbers, is one that anybody may reach. */
export function isPublicAddress(address: string): boolean {
  const family = familyOf(address);
  if (!family || special.check(address, family)) return false;
  return family === 'ipv4' || publicIpv6.check(address, family);
}

/**
 * Connects to public addresses only, and to the networks `allowed` besides. What counts is the address of the connection
 * itself: a name that was looked up before may lead elsewhere when it is looked up again (DNS rebinding).
 */
export function publicAgent(allowed: readonly string[] = []): Agent {
  const exceptions = networks(allowed);
  const mayReach = (address: string): boolean => {
    const family = familyOf(address);
    return family !== null && (isPublicAddress(address) || exceptions.check(address, family));
  };
  const connect = buildConnector({ timeout: CONNECT_MS, lookup: lookupOnly(mayReach) });
  return new Agent({
    connections: 4,
    pipelining: 1,
    connect(target, done) {
      // Node looks nothing up where the host is an address already.
      const host = target.hostname.replace(/^\[(.*)\]$/, '$1');
      if (isIP(host) && !mayReach(host)) {
        done(new PrivateAddress(`${host} is no public address.`), null);
        return;
      }
      connect(target, (reason, socket) => {
        if (reason) return done(reason, null);
        if (isOpenTo(socket, mayReach)) return done(null, socket);
        socket.destroy();
        done(new PrivateAddress(`${target.hostname} is at no public address.`), null);
      });
    },
  });
}

const CONNECT_MS = 5_000;

const isOpenTo = ({ remoteAddress }: Socket, mayReach: (address: string) => boolean): boolean =>
  mayReach(remoteAddress?.replace(/^::ffff:(?=\d+\.)/i, '') ?? '');

/** One private address among several is enough to refuse the name: the others are there to be seen. */
function lookupOnly(mayReach: (address: string) => boolean): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (reason, addresses) => {
      if (reason) return done(reason, []);
      const hidden = addresses.find(({ address }) => !mayReach(address));
      if (hidden) return done(new PrivateAddress(`${hostname} is at no public address.`), []);
      const [first] = addresses;
      if (options.all) return done(null, addresses);
      done(null, first?.address ?? '', first?.family);
    });
  };
}

/** Throws where a text is neither an address nor a network. */
function networks(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    const [address = '', prefix] = text.split('/');
    const family = familyOf(address);
    if (!family) throw new Error(`"${text}" is neither an address nor a network.`);
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null;
}
