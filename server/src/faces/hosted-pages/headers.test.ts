import { expect, test } from 'vitest';
import { pageHeaders } from './headers.ts';

const policy = (options: Parameters<typeof pageHeaders>[0]) =>
  pageHeaders(options)['Content-Security-Policy']?.split('; ') ?? [];

test('nothing inline, nothing foreign, no frame', () => {
  const csp = policy({ secure: true });
  expect(csp).toContain("default-src 'none'");
  expect(csp).toContain("form-action 'self'");
  expect(csp).toContain("frame-ancestors 'none'");
  expect(csp.join()).not.toMatch(/unsafe|\*/);
});

test('the form may lead to the app that started the login, and to no other', () => {
  const target = (url: string) =>
    policy({ secure: true, formTargets: [url] }).find((part) => part.startsWith('form-action'));
  expect(target('https://app.example/callback?x=1')).toBe("form-action 'self' https://app.example");
  expect(target('com.example.app:/callback')).toBe("form-action 'self' com.example.app:");
  expect(target('http://[::1]:8080/callback')).toBe("form-action 'self' http:");
  expect(target("not a url; script-src 'unsafe-inline'")).toBe("form-action 'self'");
});

test('the logo is the one foreign image', () => {
  const csp = policy({ secure: true, logoURL: 'https://cdn.example/logo.svg' });
  expect(csp).toContain("img-src 'self' data: https://cdn.example");
});

test('HSTS only where the project is served over https', () => {
  expect(pageHeaders({ secure: true })['Strict-Transport-Security']).toMatch(/^max-age=\d+$/);
  expect(pageHeaders({ secure: false })['Strict-Transport-Security']).toBeUndefined();
});
