import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, browserOf, type OidcServer, oidcServer } from '../../../tests/support/oidc.ts';
import { randomToken, sha256 } from '../platform/ids.ts';
import type { Project } from '../projects/index.ts';
import { portalSessionStore, revokeAllSessions, sessionStore } from '../sessions/index.ts';
import type { User } from '../users/index.ts';
import type { CodeRedemption, Oidc } from './index.ts';

let server: OidcServer;
let oidc: Oidc;
let home: Project;
let alice: User;
let browser: Browser;

beforeAll(async () => {
  server = await oidcServer();
  [oidc] = server.processes;
  home = await server.project();
  alice = await server.createUser('alice@example.com');
  browser = browserOf(server, home.origin);
});
afterAll(() => server.stop());

/** Signs in to the portal, as far as the code. */
async function portalCode(more: Record<string, string> = {}): Promise<CodeRedemption> {
  const codeVerifier = randomToken();
  const redirectURI = `${home.origin}/portal/callback`;
  const query = new URLSearchParams({
    client_id: 'portal',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: redirectURI,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
  let at = `/oauth2/authorize?${query}`;
  for (;;) {
    const location = (await browser.step(at)).headers.get('location') ?? '';
    const url = new URL(location, home.origin);
    const code = url.searchParams.get('code');
    if (code !== null) return { clientID: 'portal', code, codeVerifier, redirectURI };
    at = url.pathname.startsWith('/login/') ? `${url.pathname}?user=${alice.id}` : url.pathname + url.search;
  }
}

const refused = { kind: 'Invalid', reason: 'InvalidGrant' };

describe('a code of the portal, redeemed in the process', () => {
  it('tells who signed in, and in which session', async () => {
    const redemption = await portalCode();
    const signedIn = await oidc.redeemCode(home, redemption);
    const [session] = await sessionStore(server.db()).list(alice.id, server.clock.now());
    expect(signedIn).toMatchObject({ userID: alice.id, sessionUID: session?.uid, sessionEpoch: 0 });
    expect(server.clock.now().getTime() - signedIn.authenticatedAt.getTime()).toBeLessThan(60_000);
  });

  it('is redeemed once, also by many at the same moment', async () => {
    const redemption = await portalCode();
    const settled = await Promise.allSettled(
      Array.from({ length: 20 }, () => oidc.redeemCode(home, redemption)),
    );
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of settled) if (one.status === 'rejected') expect(one.reason).toMatchObject(refused);
    await expect(oidc.redeemCode(home, redemption)).rejects.toMatchObject(refused);
  });

  it.each([
    ['the wrong verifier', { codeVerifier: randomToken() }],
    ['another app', { clientID: 'settings' }],
    ['another redirect URI', { redirectURI: 'https://evil.example/portal/callback' }],
    ['a code that was made up', { code: randomToken() }],
    ['no code', { code: '' }],
  ])('is refused with %s, and not used up by it', async (_what, wrong) => {
    const redemption = await portalCode();
    await expect(oidc.redeemCode(home, { ...redemption, ...wrong })).rejects.toMatchObject(refused);
    await oidc.redeemCode(home, redemption);
  });

  it('is refused after a minute', async () => {
    const redemption = await portalCode();
    server.clock.advance(61_000);
    await expect(oidc.redeemCode(home, redemption)).rejects.toMatchObject(refused);
  });

  it('is refused in another project', async () => {
    const redemption = await portalCode();
    await expect(oidc.redeemCode(await server.project('shop'), redemption)).rejects.toMatchObject(refused);
  });

  it('is refused once the sessions of the user were revoked, and so is the portal session that came of one', async () => {
    const { authenticatedAt, ...signedIn } = await oidc.redeemCode(home, await portalCode());
    const portal = portalSessionStore(server.db());
    const now = server.clock.now();
    const session = {
      ...signedIn,
      passwordProvedAt: authenticatedAt,
      expiresAt: new Date(now.getTime() + 60_000),
    };
    expect(await portal.insert(sha256('portal'), session, now)).toBe(true);
    const redemption = await portalCode();
    await server.db().transaction((tx) => revokeAllSessions(tx, server, alice.id));
    await expect(oidc.redeemCode(home, redemption)).rejects.toMatchObject(refused);
    expect(await portal.find(sha256('portal'), now)).toBeUndefined();
  });

  it('names the time of the new proof where the portal asked for one', async () => {
    const before = await oidc.redeemCode(home, await portalCode());
    const after = await oidc.redeemCode(home, await portalCode({ prompt: 'login' }));
    expect(after.sessionUID).toBe(before.sessionUID);
    expect(after.authenticatedAt.getTime()).toBeGreaterThanOrEqual(before.authenticatedAt.getTime());
  });
});
