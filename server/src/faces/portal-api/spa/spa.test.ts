import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestPortal, testPortal } from '../../../../../tests/support/portal.ts';
import { loadPortal } from './built-portal.ts';

const ACTING = { actor: { type: 'command_line' }, origin: {} } as const;

let portal: TestPortal;

beforeAll(async () => {
  portal = await testPortal();
  await portal.projects.create({ name: 'Shop', id: 'shop' }, ACTING);
});
afterAll(() => portal.stop());

const get = (path: string, headers: Record<string, string> = {}) => portal.browser().get(path, headers);
const nonceOf = (text: string) => /nonce="([^"]+)"/.exec(text)?.[1];

describe('the page', () => {
  test('stands under every address of the portal, signed in or not', async () => {
    for (const path of [
      '/portal/',
      '/portal/project/home/users',
      '/portal/deep/er?x=1',
      '/portal/index.html',
    ]) {
      const page = await get(path);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.text).toContain('/portal/assets/main-abc.js');
      expect(page.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('has a fresh nonce each time, in its tags and in its policy alone', async () => {
    const [one, other] = [await get('/portal/'), await get('/portal/')];
    const nonce = nonceOf(one.text);
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(nonce).not.toBe(nonceOf(other.text));
    expect(one.text).not.toContain('__CSP_NONCE__');
    expect(one.text.split(`nonce="${nonce}"`)).toHaveLength(3);
    const policy = one.headers.get('content-security-policy')?.split('; ') ?? [];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toContain("form-action 'self'");
    expect(policy.join()).not.toMatch(/script-src[^;]*unsafe|\*/);
  });

  test('is framed by nobody and sniffed by no browser', async () => {
    const { headers } = await get('/portal/');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  test('/portal leads to /portal/', async () => {
    const answer = await get('/portal');
    expect([answer.status, answer.location]).toEqual([308, '/portal/']);
  });

  test('another loopback name leads to the one that cookies are for, unless a proxy named it', async () => {
    const moved = await portal.request('http://127.0.0.1:4000/portal/project/home/users?search=a');
    expect([moved.status, moved.location]).toEqual([
      307,
      'http://localhost:4000/portal/project/home/users?search=a',
    ]);
    const proxied = await portal.request('http://127.0.0.1:4000/portal/', {
      headers: { 'x-forwarded-host': 'localhost:4000' },
    });
    expect(proxied.status).toBe(200);
  });

  test('belongs to the home project alone', async () => {
    for (const path of [
      '/portal/',
      '/portal',
      '/portal/login',
      '/portal/api/me',
      '/portal/assets/main-abc.js',
    ]) {
      const answer = await portal.request(`http://shop.localhost:4000${path}`);
      expect([answer.status, answer.text]).toEqual([404, 'nobody answers here']);
    }
  });
});

describe('the files', () => {
  test('are immutable and typed', async () => {
    const file = await get('/portal/assets/main-abc.js');
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(file.text).toContain('console.log');
  });

  test('are compressed for who asks', async () => {
    const file = await get('/portal/assets/main-abc.js', { 'accept-encoding': 'gzip' });
    expect(file.headers.get('content-encoding')).toBe('gzip');
    expect(file.headers.get('vary')).toMatch(/accept-encoding/i);
  });

  test('one that is missing is 404 and never the page', async () => {
    for (const path of [
      '/portal/assets/gone.js',
      '/portal/assets/',
      '/portal/assets/..%2f..%2fpackage.json',
    ]) {
      const answer = await get(path);
      expect(answer.status, path).toBe(404);
      expect(answer.text).not.toContain('<script');
    }
  });
});

test('over https the cookies carry __Host- and the page HSTS', async () => {
  const secure = await testPortal({ PUBLIC_ORIGIN: 'https://id.example' });
  try {
    const browser = secure.browser();
    await browser.signIn(await secure.addOperator('ada@example.com'));
    expect([...browser.cookies.keys()]).toEqual(['__Host-latchkey_portal']);
    expect(browser.setCookies.every((line) => /; Secure/.test(line) && /Path=\//.test(line))).toBe(true);
    const me = await browser.get('/portal/api/me');
    expect(me.json.readsMailbox).toBe(false);
    expect(me.json.projects[0].mail).toBe('waiting');
    const page = await browser.get('/portal/');
    expect(page.headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/);
  } finally {
    await secure.stop();
  }
});

test('a portal that was not built says how to build it', () => {
  expect(() => loadPortal('/nowhere')).toThrow('npm run build');
});
