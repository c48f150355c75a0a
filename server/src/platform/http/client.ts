import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { invalidForwardedHeader, invalidHost } from './errors.ts';

/** What a request says of itself once proxies are accounted for. */
export interface RequestSource {
  /** The address of whoever sent the request, as the outermost trusted proxy saw it. */
  ipAddress: string;
  /** The host that was asked for, with its port where it is not the scheme's own. */
  host: string;
}

/** Reads `networks` such as `10.0.0.0/8` or `::1`, whose forwarding headers count. */
export function trustedProxies(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

const plainAddress = (address: string): string =>
  address.startsWith('::ffff:') ? address.slice(7) : address;

const trusts = (proxies: BlockList, address: string): boolean =>
  proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(',') : value;

/** Walks `X-Forwarded-For` from our end outwards and stops at the first address that is no proxy of ours. */
function forwardedAddress(peer: string, header: string, proxies: BlockList): string {
  let address = peer;
  for (const hop of header.split(',').reverse()) {
    const next = plainAddress(hop.trim().replace(/^\[(.*)\]$/, '$1'));
    if (isIP(next) === 0) throw invalidForwardedHeader();
    address = next;
    if (!trusts(proxies, next)) break;
  }
  return address;
}

/**
 * Tells where a request came from. Forwarding headers count only from a trusted proxy; from anybody else
 * they are not looked at. Throws Invalid `InvalidForwardedHeader` for a malformed one (a check that cannot
 * be made must not be skipped), and for a request without a host.
 */
export function requestSource(request: IncomingMessage, proxies: BlockList): RequestSource {
  const peer = plainAddress(request.socket.remoteAddress ?? '');
  const trusted = isIP(peer) !== 0 && trusts(proxies, peer);
  const forwardedFor = one(request.headers['x-forwarded-for']);
  const forwardedHost = one(request.headers['x-forwarded-host']);
  const host = trusted && forwardedHost !== undefined ? forwardedHost : (request.headers.host ?? '');
  if (!/^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:.]+\](:\d{1,5})?$/i.test(host)) {
    throw invalidHost();
  }
  return {
    ipAddress: trusted && forwardedFor !== undefined ? forwardedAddress(peer, forwardedFor, proxies) : peer,
    host: host.toLowerCase(),
  };
}
