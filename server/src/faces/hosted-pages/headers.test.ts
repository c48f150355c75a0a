import { expect, test } from 'vitest';
import { pageHeaders } from './headers.ts';

const origin = 'https://login.example.com';

const policy = (options: Parameters<typeof pageHeaders>[0]) =>
  pageHeaders(options)['Content-Security-Policy']?.split('; ') ?? [];

test('nothing inline, nothing foreign, no frame', () => {
  const csp = policy({ origin });
  expect(csp).toContain("default-src 'none'");
  expect(csp).toContain("form-action 'self'");
  expect(csp).toContain("frame-ancestors 'none'");
  expect(csp.join()).not.toMatch(/unsafe|\*/);
});

test.each([
  ['an app on the web', 'https://app.example/callback?x=1', "form-action 'self' https:"],
  [
    'an app on this machine, which may lead on',
    'http://127.0.0.1:8080/cb',
    "form-action 'self' http: https:",
  ],
  ['an app on a phone', 'com.example.app:/callback', "form-action 'self' com.example.app:"],
  ['an app of our own', `${origin}/portal/callback`, "form-action 'self'"],
  ['what is no address', "not a url; script-src 'unsafe-inline'", "form-action 'self'"],
])('the form may lead to %s', (_, target, expected) => {
  const csp = policy({ origin, formTargets: [target] });
  expect(csp.filter((part) => part.startsWith('form-action'))).toEqual([expected]);
  expect(csp).toHaveLength(8);
});

test.each([
  ['https://cdn.example/logo.svg', "img-src 'self' data: https://cdn.example"],
  ['https://cdn.example;sandbox/logo.svg', "img-src 'self' data:"],
  ['http://cdn.example/logo.svg', "img-src 'self' data:"],
])('the logo %s is the one foreign image', (logoURL, expected) => {
  expect(policy({ origin, logoURL })).toContain(expected);
});

test('HSTS only where the project is served over https', () => {
  const hsts = (at?: string) => pageHeaders({ origin: at })['Strict-Transport-Security'];
  expect(hsts(origin)).toMatch(/^max-age=\d+$/);
  expect(hsts('http://localhost:4000')).toBeUndefined();
  expect(hsts()).toBeUndefined();
});
