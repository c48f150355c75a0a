import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatchkeyError } from '../platform/errors.ts';
import { CLIENT_TYPES } from './index.ts';
import { checkRedirectURIs } from './redirect-uris.ts';

const WEB = ['spa', 'web'] as const;

describe('redirect URIs of web apps', () => {
  it.each([
    'https://app.example.com/callback',
    'https://app.example.com/callback?tenant=1',
    'https://app.example.com:8443/cb',
    'http://localhost:3000/callback',
    'http://127.0.0.1/cb',
    'http://[::1]:8080/cb',
    'http://shop.localhost/cb',
  ])('takes %s as it is', (uri) => {
    for (const type of WEB) expect(checkRedirectURIs(type, [uri])).toEqual([uri]);
  });

  it.each([
    'http://app.example.com/callback',
    'http://localhost.evil.example/cb',
    'http://127.0.0.1.evil.example/cb',
    'com.example.app://callback',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '/callback',
    'app.example.com/callback',
    '',
    'https://',
    'https://app.example.com/cb#fragment',
    'https://app.example.com/cb#',
    'https://user@app.example.com/cb',
    'https://app.example.com@evil.example/cb',
    'https://*.example.com/cb',
    'https://app.example.com/a b',
    'https://app.example.com/a\nb',
    'https://app.example.com\\@evil.example/cb',
    'https://äpp.example.com/cb',
    `https://app.example.com/${'x'.repeat(2_000)}`,
  ])('refuses %j', (uri) => {
    for (const type of WEB) expect(() => checkRedirectURIs(type, [uri])).toThrow(/./);
  });
});

describe('redirect URIs of native apps', () => {
  it.each([
    'com.example.app://callback',
    'com.example.app:/callback',
    'https://app.example.com/callback',
    'http://127.0.0.1/callback',
    'http://localhost:1234/cb',
    'http://[::1]/cb',
  ])('takes %s', (uri) => expect(checkRedirectURIs('native', [uri])).toEqual([uri]));

  it.each([
    'myapp://callback',
    'javascript:alert(1)',
    'intent://x',
    'http://192.168.0.5/cb',
    'https://localhost/cb',
    'data:text/html,x',
  ])('refuses %s', (uri) => expect(() => checkRedirectURIs('native', [uri])).toThrow(/./));
});

describe('any text as a redirect URI', () => {
  it('is taken as it is, or refused by our own error; what is taken has a safe scheme and no fragment', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CLIENT_TYPES),
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.webUrl({ withFragments: true, withQueryParameters: true }),
        ),
        (type, uri) => {
          try {
            expect(checkRedirectURIs(type, [uri])).toEqual([uri]);
          } catch (error) {
            expect(error).toBeInstanceOf(LatchkeyError);
            expect(error).toMatchObject({ kind: 'Invalid', reason: 'InvalidRedirectURI' });
            return;
          }
          const { protocol, hash, username } = new URL(uri);
          expect([hash, username]).toEqual(['', '']);
          expect(protocol === 'https:' || protocol === 'http:' || protocol.includes('.')).toBe(true);
        },
      ),
    );
  });

  it('is kept once where it is given twice', () => {
    const uri = 'https://app.example.com/cb';
    expect(checkRedirectURIs('spa', [uri, uri])).toEqual([uri]);
  });
});
