import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestSource, trustedProxies } from './client.ts';
import { parseForwarded } from './forwarded.ts';

function request(remoteAddress: string, given: Record<string, string>): IncomingMessage {
  const headers = { host: 'id.example.com', ...given };
  const rawHeaders = Object.entries(headers).flat();
  return { socket: { remoteAddress }, headers, rawHeaders } as unknown as IncomingMessage;
}

const proxies = trustedProxies(['10.0.0.0/8', '::1']);

describe('where a request came from', () => {
  it('is its peer, whatever its headers say, when the peer is no trusted proxy', () => {
    const source = requestSource(
      request('203.0.113.9', { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-host': 'evil.example' }),
      proxies,
    );
    expect(source).toEqual({ ipAddress: '203.0.113.9', host: 'id.example.com' });
  });

  it('is the first address behind our own proxies', () => {
    const source = requestSource(
      request('10.0.0.2', {
        'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.1.1.1',
        'x-forwarded-host': 'app.example',
      }),
      proxies,
    );
    expect(source).toEqual({ ipAddress: '203.0.113.9', host: 'app.example' });
  });

  it('takes the host of a proxy that tells no address', () => {
    const source = requestSource(request('10.0.0.2', { 'x-forwarded-host': 'app.example' }), proxies);
    expect(source).toEqual({ ipAddress: '10.0.0.2', host: 'app.example' });
  });

  it('reads IPv4 in IPv6 clothes', () => {
    expect(requestSource(request('::ffff:203.0.113.9', {}), proxies).ipAddress).toBe('203.0.113.9');
  });

  it('is an error when a trusted proxy sends a malformed header', () => {
    for (const headers of [
      { 'x-forwarded-for': 'nonsense' },
      { 'x-forwarded-for': '' },
      { forwarded: 'for=unknown' },
      { forwarded: 'for="[fe80::1%eth0]"' },
      { 'x-forwarded-for': '::1%eth0' },
      { forwarded: 'for=203.0.113.9;for=10.0.0.1' },
      { forwarded: 'for=203.0.113.9,' },
      { forwarded: 'host=app.example' },
      { forwarded: 'for=203.0.113.9', 'x-forwarded-for': '6.6.6.6' },
    ] as Record<string, string>[]) {
      expect(() => requestSource(request('10.0.0.2', headers), proxies), JSON.stringify(headers)).toThrow(
        /forwarding header/,
      );
    }
  });

  it('reads Forwarded as it reads X-Forwarded-For, with the host that our outermost proxy was asked for', () => {
    const forwarded =
      'for=6.6.6.6;host=evil.example, For="203.0.113.9:4711";Host="app.example:8443";proto=https, for="[::1]";host=inner';
    expect(requestSource(request('10.0.0.2', { forwarded }), proxies)).toEqual({
      ipAddress: '203.0.113.9',
      host: 'app.example:8443',
    });
    expect(requestSource(request('203.0.113.9', { forwarded }), proxies)).toEqual({
      ipAddress: '203.0.113.9',
      host: 'id.example.com',
    });
  });

  it('reads any header as hops or as malformed, and nothing between', () => {
    const hop = fc.record({ address: fc.oneof(fc.ipV4(), fc.ipV6()), host: fc.domain() });
    fc.assert(
      fc.property(fc.array(hop, { minLength: 1, maxLength: 5 }), (hops) => {
        const header = hops.map(({ address, host }) => {
          const node = address.includes(':') ? `"[${address}]"` : address;
          return `for=${node};host="${host}"`;
        });
        const read = parseForwarded(header.join(' , '));
        expect(read.map((each) => each.host)).toEqual(hops.map(({ host }) => host));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          expect(parseForwarded(text).length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ reason: 'InvalidForwardedHeader' });
        }
      }),
    );
  });

  it('leaves out the zone of a peer on the same link', () => {
    expect(requestSource(request('fe80::1%eth0', {}), proxies).ipAddress).toBe('fe80::1');
  });

  it('is an error with two hosts, of which a proxy before us may have taken the other', () => {
    const twice = request('203.0.113.9', {});
    twice.rawHeaders.push('HOST', 'id.example.com');
    expect(() => requestSource(twice, proxies)).toThrow(/host/);
  });

  it('is an error without a valid host', () => {
    for (const host of ['', 'a b', 'evil.example/@id.example.com', 'a,b']) {
      expect(() => requestSource(request('203.0.113.9', { host }), proxies)).toThrow(/host/);
    }
  });
});
