import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_API, mutation } from '../support/admin-client.ts';
import { STAGE_PASSWORD, type Stage, type StageUser, startStage } from '../support/stage.ts';
import { sendLines, sendRaw, type WireRequest } from '../support/wire.ts';

/** Where our proxy stands, and where somebody else does. */
const PROXY = '127.0.0.1';
const STRANGER = '127.0.0.2';
/** One address of each part that answers requests. */
const FACES = [
  '/',
  '/settings',
  '/first-run',
  '/portal/',
  '/portal/api/me',
  ADMIN_API,
  '/oauth2/authorize',
  '/.well-known/openid-configuration',
  '/nowhere',
];

let stage: Stage;
let ada: StageUser;

beforeAll(async () => {
  stage = await startStage({ TRUSTED_PROXIES: `${PROXY}/32` });
  ada = await stage.addUser('ada@example.com');
});
afterAll(() => stage?.stop());

afterEach(async () => {
  expect((await send({ path: '/readyz' })).status).toBe(200);
  expect(stage.server.output()).not.toMatch(/"level":"(error|fatal)"/);
});

const send = (asked: WireRequest) => sendRaw(stage.server.port, asked);
const host = () => `localhost:${stage.server.port}`;

describe('a host that no project owns', () => {
  it.each([
    'evil.example',
    'localhost.evil.example',
    'evil-localhost',
    'localhost.',
    '127.0.0.2',
    '0.0.0.0',
    'nobody.localhost',
    'home.localhost:1',
  ])('%s gets 421 at every address, in JSON or as a page', async (unknown) => {
    for (const path of FACES) {
      const json = await send({ path, headers: { host: unknown } });
      expect([path, json.status]).toEqual([path, 421]);
      expect(json.json().error).toMatchObject({ kind: 'NotFound', reason: 'UnknownHost' });
      const page = await send({ path, headers: { host: unknown, accept: 'text/html' } });
      expect([path, page.status]).toEqual([path, 421]);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.text).toContain('No project answers here');
      expect(page.headers.location ?? page.headers['set-cookie']).toBeUndefined();
    }
  });

  it.each(['bad host', 'evil.example/', 'user@localhost', 'localhost:port', 'localhost,evil.example'])(
    'a host that is none (%j) gets 400',
    async (malformed) => {
      const { status } = await send({ path: '/settings', headers: { host: malformed } });
      expect(status).toBe(400);
    },
  );

  it.each<[string, (host: string) => string[]]>([
    ['two hosts, ours first', (ours) => ['GET /settings HTTP/1.1', `Host: ${ours}`, 'Host: evil.example']],
    ['two hosts, ours last', (ours) => ['GET /settings HTTP/1.1', 'Host: evil.example', `host: ${ours}`]],
    ['no host', () => ['GET /settings HTTP/1.1']],
    ['an empty host', () => ['GET /settings HTTP/1.1', 'Host: ']],
    ['a host with NUL', (ours) => ['GET /settings HTTP/1.1', `Host: ${ours}\0`]],
    ['a space before the colon', (ours) => ['GET /settings HTTP/1.1', `Host : ${ours}`]],
    ['a header over two lines', (ours) => ['GET /settings HTTP/1.1', `Host: ${ours}`, 'X: a', ' b']],
    [
      'two lengths',
      (ours) => [
        'POST /settings/sign-out HTTP/1.1',
        `Host: ${ours}`,
        'Content-Length: 4',
        'Content-Length: 5',
      ],
    ],
    [
      'a length, and chunks',
      (ours) => [
        'POST /settings/sign-out HTTP/1.1',
        `Host: ${ours}`,
        'Content-Length: 4',
        'Transfer-Encoding: chunked',
      ],
    ],
  ])('a request that two readers could read differently gets 400: %s', async (_, head) => {
    const lines = [...head(host()), 'Connection: close', '', ''];
    expect(await sendLines(stage.server.port, ...lines)).toBe(400);
  });

  it('cannot be told apart from its own by case', async () => {
    const { status } = await send({ path: '/settings', headers: { host: host().toUpperCase() } });
    expect(status).toBe(303);
  });
});

describe('what a proxy says', () => {
  const MALFORMED = [
    '',
    'unknown',
    '1.2.3',
    '999.1.1.1',
    '1.2.3.4:port',
    'junk, 203.0.113.9',
    '203.0.113.9, junk',
    '203.0.113.9, , 127.0.0.1',
    'for=203.0.113.9',
    '203.0.113.9;127.0.0.1',
    '::ffff:',
  ];

  it.each([
    ...MALFORMED.map((value) => ({ 'x-forwarded-for': value })),
    { forwarded: '' },
    { forwarded: 'junk' },
    { forwarded: 'for=unknown' },
    { forwarded: 'for=_hidden' },
    { forwarded: 'host=localhost' },
    { forwarded: 'for="203.0.113.9' },
    { forwarded: 'for=203.0.113.9;for=203.0.113.10' },
    { forwarded: 'for=203.0.113.9, ' },
    { forwarded: 'for=203.0.113.9', 'x-forwarded-for': '203.0.113.9' },
  ])('%j is refused everywhere, and never passed over', async (headers) => {
    for (const path of FACES) {
      const { status, json } = await send({ path, headers });
      expect([path, status]).toEqual([path, 400]);
      expect(json().error).toMatchObject({ kind: 'Invalid', reason: 'InvalidForwardedHeader' });
      const stranger = await send({ path, headers, from: STRANGER });
      expect(stranger.text).not.toContain('InvalidForwardedHeader');
    }
  });

  it.each(['evil host', 'evil.example, localhost', '//localhost', 'user@localhost'])(
    'X-Forwarded-Host: %j is refused',
    async (malformed) => {
      const { status, json } = await send({ path: '/settings', headers: { 'x-forwarded-host': malformed } });
      expect([status, json().error.reason]).toEqual([400, 'InvalidHost']);
    },
  );

  it('names the host that is asked for, which must be one of ours', async () => {
    const answer = (named: string, from: string) =>
      send({ path: '/settings', headers: { 'x-forwarded-host': named }, from });
    expect((await answer('evil.example', PROXY)).status).toBe(421);
    expect((await answer(host(), PROXY)).status).toBe(303);
    const ignored = await answer('evil.example', STRANGER);
    expect(ignored.status).toBe(303);
    expect(ignored.headers.location).toMatch(new RegExp(`^${stage.server.origin}/oauth2/authorize`));
  });

  it.each<[string, string, Record<string, string>, string]>([
    ['X-Forwarded-For of our proxy', PROXY, { 'x-forwarded-for': '192.0.2.66, 203.0.113.9' }, '203.0.113.9'],
    ['Forwarded of our proxy', PROXY, { forwarded: 'for=192.0.2.66, for="203.0.113.9:80"' }, '203.0.113.9'],
    ['X-Forwarded-For of anybody else', STRANGER, { 'x-forwarded-for': '203.0.113.9' }, STRANGER],
    ['Forwarded of anybody else', STRANGER, { forwarded: 'for=203.0.113.9' }, STRANGER],
  ])(
    'counts only where our proxy says it, as far as our proxies go: %s',
    async (_, from, headers, recorded) => {
      const input = { userID: ada.id, password: STAGE_PASSWORD };
      const body = JSON.stringify({ query: mutation('resetPassword', 'user { id }'), variables: { input } });
      expect((await stage.admin.send({ body, headers, from })).json().errors).toBeUndefined();
      const { rows } = await stage.db.query('select ip_address from audit_log order by id desc limit 1');
      expect(rows).toEqual([{ ip_address: recorded }]);
    },
  );

  it.each<Record<string, string>>([
    { 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' },
    { forwarded: 'for=203.0.113.9;proto=https' },
  ])('does not make https of http: %j', async (headers) => {
    const { json } = await send({ path: '/.well-known/openid-configuration', headers });
    expect(json().issuer).toBe(stage.server.origin);
    expect(json().token_endpoint).toBe(`${stage.server.origin}/oauth2/token`);
  });
});

describe('a redirect URI that is not registered', () => {
  it.each([
    'https://evil.example/callback',
    'http://localhost/settings/callback',
    '{origin}/settings/callback/',
    '{origin}/settings/callback?next=https://evil.example',
    '{origin}/settings/../portal/callback',
    '{origin}@evil.example/settings/callback',
    '{origin}.evil.example/settings/callback',
    'javascript:alert(1)',
    '',
  ])('%s stays on our page', async (address) => {
    const query = new URLSearchParams({
      client_id: 'settings',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: address.replace('{origin}', stage.server.origin),
      code_challenge: 'A'.repeat(43),
      code_challenge_method: 'S256',
    });
    const answer = await stage.unchanged(() =>
      send({ path: `/oauth2/authorize?${query}`, headers: { accept: 'text/html' } }),
    );
    expect(answer.status).toBe(400);
    expect(answer.headers.location).toBeUndefined();
    expect(answer.text).toContain('This link does not work');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });
});

describe('a path', () => {
  it.each([
    '/assets/../../../../etc/passwd',
    '/assets/..%2f..%2f..%2f..%2fetc%2fpasswd',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets/manifest.json',
    '/assets/%00',
    '/assets/brand/..%2f..%2f1.css',
    '/portal/assets/../../../package.json',
    '/portal/assets/..%2f..%2f..%2fpackage.json',
    '/portal/assets/%2e%2e%2f%2e%2e%2fserver%2flatchkey.js',
    '/portal/assets/..%252f..%252fserver%252flatchkey.js',
    '/portal/assets/....//....//server/latchkey.js',
    '/portal/assets//etc/passwd',
    '/portal/assets/%00',
    '/portal/assets/%E0%A4%A',
    '//etc/passwd',
    '///',
    '/%',
    '/%zz',
    '/..;/settings',
    '/settings/..%2f..%2f_api',
    '/login/..%2f..%2fsettings',
    '/.git/config',
    '/data/secret',
    `/${'a'.repeat(8_000)}`,
    `/portal/assets/${'a/'.repeat(4_000)}x`,
    `/login/${'A'.repeat(8_000)}`,
  ])('that leads nowhere, such as %.60s, is answered with our own words', async (path) => {
    const answer = await stage.unchanged(() => send({ path, headers: { accept: 'text/html' } }));
    expect([400, 404]).toContain(answer.status);
    expect(answer.text).not.toMatch(/root:|"version"|import |createServer/);
    expect(
      answer.headers.location ?? answer.headers['set-cookie']?.find((line) => !/^latchkey_csrf=/.test(line)),
    ).toBe(undefined);
  });

  it('with two slashes leads to no other host', async () => {
    for (const path of [
      '//evil.example',
      '//evil.example/portal/',
      '/\\evil.example',
      '/portal//evil.example',
    ]) {
      const { status, headers } = await send({ path, headers: { accept: 'text/html' } });
      expect([path, status < 500, headers.location]).toEqual([path, true, undefined]);
    }
  });

  it('may name the whole address; its host then says nothing', async () => {
    const path = 'http://evil.example/settings';
    const { status, headers } = await send({ path });
    expect(status).toBe(303);
    expect(headers.location).toMatch(new RegExp(`^${stage.server.origin}/oauth2/authorize`));
  });

  it('and a query can be long, up to where HTTP ends', async () => {
    const long = await stage.unchanged(() => send({ path: `/settings?ui_locales=${'x'.repeat(10_000)}` }));
    expect(long.status).toBe(303);
    expect((await send({ path: `/settings?${'x'.repeat(20_000)}` })).status).toBe(431);
  });
});

describe('the way back into the portal', () => {
  const HOSTILE = [
    '/portal/%0d%0aset-cookie:%20planted=1',
    '%0d%0alocation:%20https://evil.example',
    '//evil.example/portal/',
    'https://evil.example/portal/',
    '/portal/%5c..%5c..%5cevil.example',
    '/portal/..%2f..%2f%2fevil.example',
    'javascript:alert(1)',
    '/portal/%00',
    `/portal/${'a'.repeat(5_000)}`,
    '/portal/;planted=1;domain=evil.example',
    '/portal/%F0%9F%98%80',
  ];

  it('is never the way out: who signs in lands in the portal of this origin', async () => {
    const email = 'olga@example.com';
    await stage.server.json(['operators', 'create', '--email', email, '--password-stdin'], STAGE_PASSWORD);
    for (const to of HOSTILE) {
      const browser = await stage.visitor();
      const login = await browser.open(`${stage.server.origin}/portal/login?to=${to}`);
      expect([to, login.heading]).toEqual([to, 'Sign in']);
      expect(Object.keys(await browser.cookies())).not.toContain('planted');
      const landed = await browser.signIn(login, email, STAGE_PASSWORD);
      expect([to, landed.status, landed.url.origin]).toEqual([to, 200, stage.server.origin]);
      expect(landed.url.pathname).toMatch(/^\/portal\/(?!\/)/);
      expect(Object.keys(await browser.cookies())).not.toContain('planted');
    }
  });
});
