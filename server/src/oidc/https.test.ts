import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOf, type OidcServer, oidcServer, testApp } from '../../../tests/support/oidc.ts';

const ORIGIN = 'https://login.secure.example';

let server: OidcServer;
beforeAll(async () => {
  server = await oidcServer();
  const acting = { actor: { type: 'command_line' }, origin: {} } as const;
  await server.projects.create({ name: 'Secure', id: 'secure', origin: ORIGIN }, acting);
});
afterAll(() => server.stop());

describe('a project on https, behind a proxy that speaks http with us', () => {
  it('signs users in with cookies that travel encrypted and cannot be planted from a neighbor', async () => {
    const app = await testApp(server, {}, 'secure');
    const alice = await server.createUser('alice@example.com', 'secure');
    const browser = browserOf(server, ORIGIN);
    const { end, ...rest } = await app.begin({}, browser);
    expect([...browser.cookies.keys()].sort()).toEqual([
      '__Secure-latchkey_login',
      '__Secure-latchkey_login.sig',
      '__Secure-latchkey_resume',
      '__Secure-latchkey_resume.sig',
    ]);

    const finished = await browser.step(`${end.url.pathname}?user=${alice.id}`);
    expect(finished.headers.get('location')).toMatch(`${ORIGIN}/oauth2/authorize/`);
    const resumed = await browser.step(finished.headers.get('location') ?? '');
    const [session = ''] = resumed.headers.getSetCookie().filter((cookie) => cookie.startsWith('__Host-'));
    expect(session).toMatch(
      /^__Host-latchkey_session=[\w-]{43}; path=\/; samesite=lax; secure; httponly; expires=/,
    );
    expect(resumed.headers.get('strict-transport-security')).toBe('max-age=31536000');

    const callback = new URL(resumed.headers.get('location') ?? '');
    const tokens = await app.redeem({ ...rest, callback, code: callback.searchParams.get('code') ?? '' });
    expect(tokens.claims()?.iss).toBe(ORIGIN);
    expect(JSON.parse((await browser.open('/who')).text)).toMatchObject({ userID: alice.id });
    const gone = await browser.step('/sign-out');
    expect(gone.headers.get('set-cookie')).toMatch(/^__Host-latchkey_session=; .*; secure$/);
  });
});
