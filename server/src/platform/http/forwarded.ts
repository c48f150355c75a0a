import { isIP } from 'node:net';
import { invalidForwardedHeader } from './errors.ts';

/** What one proxy said of the request it got. */
export interface Hop {
  /** The address it came from, without a port. */
  address: string;
  /** The host that was asked for. */
  host?: string;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9a-z-]+";
/** A pair with what stands behind it: RFC 7239, section 4, with the white space that lists may have. */
const PAIR = new RegExp(
  String.raw`[ \t]*(${TOKEN})=(?:(${TOKEN})|"((?:[^"\\\x00-\x1f]|\\[^\x00-\x1f])*)")[ \t]*(;|,|$)`,
  'iy',
);

/** IPv4 in IPv6 clothes as plain IPv4. */
export const plainAddress = (address: string): string =>
  address.startsWith('::ffff:') ? address.slice(7) : address;

/**
 * Reads the address of a node: `192.0.2.43`, `192.0.2.43:47011`, `[2001:db8::1]:4711`.
 * @throws Invalid `InvalidForwardedHeader`, also for the names that RFC 7239 allows in place of an address
 */
export function nodeAddress(node: string): string {
  const bare = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(node)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(node)?.[1] ?? node;
  const address = plainAddress(bare);
  // A zone (`%eth0`) means something on the proxy's own machine only, and could be made up without end.
  if (isIP(address) === 0 || address.includes('%'))
    throw invalidForwardedHeader('holds something that is not an IP address');
  return address;
}

/**
 * Reads a `Forwarded` header (RFC 7239): the hops in the order they were passed, the nearest to us last.
 * @throws Invalid `InvalidForwardedHeader` for a malformed one, and for a hop that does not say where from
 */
export function parseForwarded(header: string): Hop[] {
  const hops: Hop[] = [];
  let pairs = new Map<string, string>();
  for (let at = 0; ; ) {
    PAIR.lastIndex = at;
    const match = PAIR.exec(header);
    if (!match) throw invalidForwardedHeader('is malformed');
    const [whole, name = '', token, quoted = '', end] = match;
    const key = name.toLowerCase();
    if (pairs.has(key)) throw invalidForwardedHeader('names a parameter twice');
    pairs.set(key, token ?? quoted.replaceAll(/\\(.)/g, '$1'));
    at += whole.length;
    if (end === ';') continue;
    hops.push({ address: nodeAddress(pairs.get('for') ?? ''), host: pairs.get('host') });
    if (end === '') return hops;
    pairs = new Map();
  }
}
