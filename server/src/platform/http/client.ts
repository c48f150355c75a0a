import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { invalidForwardedHeader, invalidHost } from './errors.ts';
import { type Hop, nodeAddress, parseForwarded, plainAddress } from './forwarded.ts';

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

const trusts = (proxies: BlockList, address: string): boolean =>
  proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(',') : value;

/** Of two `Host` lines, a proxy before us may have taken the other one (RFC 9112, section 3.2). */
const namesTwoHosts = ({ rawHeaders }: IncomingMessage): boolean =>
  rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === 'host').length > 1;

/** The hops that a trusted proxy tells of, the nearest to us last; a host only where a hop names it. */
function hopsOf({ headers }: IncomingMessage, peer: string): Hop[] {
  const forwarded = one(headers.forwarded);
  const forwardedFor = one(headers['x-forwarded-for']);
  const forwardedHost = one(headers['x-forwarded-host']);
  if (forwarded === undefined) {
    const hops = forwardedFor?.split(',').map((node): Hop => ({ address: nodeAddress(node.trim()) })) ?? [
      { address: peer },
    ];
    return forwardedHost === undefined ? hops : hops.map((hop) => ({ ...hop, host: forwardedHost }));
  }
  // A proxy that writes one kind passes the other on as a client sent it.
  if (forwardedFor !== undefined || forwardedHost !== undefined) {
    throw invalidForwardedHeader(
      'stands beside X-Forwarded-*: have the proxy send one kind and drop the other',
    );
  }
  return parseForwarded(forwarded);
}

/**
 * Tells where a request came from. Forwarding headers (`Forwarded`, RFC 7239, or `X-Forwarded-For` and
 * `X-Forwarded-Host`) count only from a trusted proxy; from anybody else they are not looked at. They are walked
 * from our end outwards, up to the first address that is no proxy of ours: what stands beyond, anybody can write.
 *
 * @throws Invalid `InvalidForwardedHeader` for a malformed one (a check that cannot be made must not be
 *   skipped), `InvalidHost`
 */
export function requestSource(request: IncomingMessage, proxies: BlockList): RequestSource {
  if (namesTwoHosts(request)) throw invalidHost();
  // A link-local peer comes with its zone, which is nothing of the address.
  const [peer = ''] = plainAddress(request.socket.remoteAddress ?? '').split('%');
  const trusted = isIP(peer) !== 0 && trusts(proxies, peer);
  const hops = trusted ? hopsOf(request, peer).reverse() : [];
  const hop = hops.find(({ address }) => !trusts(proxies, address)) ?? hops.at(-1);
  const host = hop?.host ?? request.headers.host ?? '';
  if (!/^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:.]+\](:\d{1,5})?$/i.test(host)) throw invalidHost();
  return { ipAddress: hop?.address ?? peer, host: host.toLowerCase() };
}
