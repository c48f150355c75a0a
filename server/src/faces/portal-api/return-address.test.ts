import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PORTAL_START, returnAddress } from './return-address.ts';

test('pages of the portal are gone back to, query and all', () => {
  for (const page of [
    '/portal/',
    '/portal/project/home/users',
    '/portal/project/home/users?search=a%20b&page=2',
  ]) {
    expect(returnAddress(page)).toBe(page);
  }
});

test('open redirects and what is no page lead to the start', () => {
  const refused = [
    undefined,
    '',
    'https://evil.example/portal/',
    '//evil.example/portal/',
    '/\\evil.example',
    '/portal/\\evil.example',
    '/portal//evil.example',
    '/portal/../login',
    '/portal/%2e%2e//evil.example',
    '/portal/..//evil.example',
    '/portal/\t/evil.example',
    '/portalx',
    '/portal',
    '/settings',
    'javascript:alert(1)',
    '/portal/login?to=/portal/',
    '/portal/callback?code=x',
    '/portal/%6cogin',
    '/portal/api/logout',
    `/portal/${'a'.repeat(2_000)}`,
  ];
  for (const to of refused) expect(returnAddress(to), to).toBe(PORTAL_START);
});

test('whatever is given, a browser stays within the portal of this origin', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2e',
    '%2f',
    '%5c',
    'portal',
    '@',
    ':',
    '?',
    '#',
    '\t',
    'evil.example',
  );
  const shaped = fc.array(piece, { maxLength: 12 }).map((pieces) => `/portal/${pieces.join('')}`);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), shaped), (wanted) => {
      const landed = new URL(returnAddress(wanted), 'https://id.example');
      expect(landed.origin).toBe('https://id.example');
      expect(landed.pathname).toMatch(/^\/portal\/(?!\/)/);
      expect(landed.pathname).not.toMatch(/^\/portal\/(login|callback|api)(\/|$)/);
    }),
    { numRuns: 2_000 },
  );
});
