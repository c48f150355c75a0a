import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { requestSource, trustedProxies } from './client.ts';

const request = (remoteAddress: string, headers: Record<string, string>) =>
  ({
    socket: { remoteAddress },
    headers: { host: 'id.example.com', ...headers },
  }) as unknown as IncomingMessage;

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

  it('reads IPv4 in IPv6 clothes', () => {
    expect(requestSource(request('::ffff:203.0.113.9', {}), proxies).ipAddress).toBe('203.0.113.9');
  });

  it('is an error when a trusted proxy sends a malformed header', () => {
    expect(() => requestSource(request('10.0.0.2', { 'x-forwarded-for': 'nonsense' }), proxies)).toThrow(
      /X-Forwarded-For/,
    );
  });

  it('is an error without a valid host', () => {
    for (const host of ['', 'a b', 'evil.example/@id.example.com', 'a,b']) {
      expect(() => requestSource(request('203.0.113.9', { host }), proxies)).toThrow(/host/);
    }
  });
});
