import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutation } from '../support/admin-client.ts';
import { type CodeClient, codeClient, type TokenSet } from '../support/code-client.ts';
import { portalClient } from '../support/portal-client.ts';
import { STAGE_PASSWORD, type Stage, type StageUser, startStage } from '../support/stage.ts';

const CHOSEN = 'my very own passphrase 1';
const NEW = 'quite another passphrase 7';
const OWNER = 'owner@example.com';

let stage: Stage;
let apps: [CodeClient, CodeClient];
let users = 0;

beforeAll(async () => {
  stage = await startStage();
  apps = await Promise.all([codeClient(stage.server, 'One'), codeClient(stage.server, 'Other')]);
  await stage.server.json(['operators', 'create', '--email', OWNER, '--password-stdin'], STAGE_PASSWORD);
});
afterAll(() => stage?.stop());

async function someUser(options: { mustChange?: boolean } = {}): Promise<StageUser> {
  users += 1;
  return stage.addUser(`user-${users}@example.com`, options);
}

const reset = (userID: string, more: Record<string, unknown> = {}) =>
  stage.admin.mutate('resetPassword', { userID, password: NEW, ...more }, 'user { id }');

/** What tokens are worth: whether userinfo answers, introspection knows them, and they can be refreshed. */
async function worth(app: CodeClient, { access_token: access, refresh_token: refresh }: TokenSet) {
  return [
    (await app.userinfo(access)).status === 200,
    (await app.introspect(access)).active,
    (await app.introspect(refresh)).active,
    (await app.refresh(refresh)).status === 200,
  ];
}

const NOTHING = [false, false, false, false];
const EVERYTHING = [true, true, true, true];

describe('31 TYPO3 GHSA-mgj2-q8wp-29rr, Kirby GHSA-5mvj-rvp8-rf45, Mastodon 12928, Authorizer 669: sessions, API tokens and refresh tokens survived', () => {
  it('a reset ends them before it answers', async () => {
    const user = await someUser();
    const browser = await stage.visitor();
    const tokens = await apps[0].signIn(browser, user.loginID, user.password);
    await reset(user.id);
    expect(await worth(apps[0], tokens)).toEqual(NOTHING);
    expect((await stage.settings(browser)).heading).toBe('Sign in');
    const silent = await browser.open(apps[0].address({ prompt: 'none' }));
    expect(silent.url.searchParams.get('error')).toBe('login_required');
  });

  it('and so does the change by the user, but for the login it happens in', async () => {
    const user = await someUser();
    const elsewhere = await stage.visitor();
    const tokens = await apps[0].signIn(elsewhere, user.loginID, user.password);
    const expire = { userID: user.id, expired: true };
    await stage.admin.mutate('setPasswordExpired', expire, 'user { id }');
    const here = await stage.visitor();
    const change = await here.signIn(await here.open(apps[0].address()), user.loginID, user.password);
    const code = apps[0].codeFrom(await here.choose(change, CHOSEN));
    expect(await worth(apps[0], tokens)).toEqual(NOTHING);
    expect((await stage.settings(elsewhere)).heading).toBe('Sign in');
    const fresh = (await apps[0].redeem(code)).json() as TokenSet;
    expect(await worth(apps[0], fresh)).toEqual(EVERYTHING);
  });

  it('also those that were just being refreshed', async () => {
    const user = await someUser();
    const families = await Promise.all(
      Array.from({ length: 8 }, async () =>
        apps[0].signIn(await stage.visitor(), user.loginID, user.password),
      ),
    );
    const [, ...refreshed] = await Promise.all([
      reset(user.id),
      ...families.map(({ refresh_token: token }) => apps[0].refresh(token)),
    ]);
    const late = refreshed.filter(({ status }) => status === 200).map((answer) => answer.json() as TokenSet);
    for (const tokens of [...families, ...late]) expect(await worth(apps[0], tokens)).toEqual(NOTHING);
  });

  it('the portal of an operator ends as well', async () => {
    const portal = await portalClient(stage, OWNER, STAGE_PASSWORD);
    expect(await portal.isSignedIn()).toBe(true);
    await stage.server.json(['users', 'reset-password', OWNER, '--password-stdin'], STAGE_PASSWORD);
    expect(await portal.isSignedIn()).toBe(false);
  });
});

describe('32 Contao CVE-2024-30262, Kratos #3513, Keycloak #10232, #38850, #32124, #36844: some of many survived, or a reset signed in', () => {
  it('every session in every browser, for every app, offline or not, ends', async () => {
    const user = await someUser();
    const everywhere = await Promise.all(
      [0, 1, 2].map(async () => {
        const browser = await stage.visitor();
        const one = await apps[0].signIn(browser, user.loginID, user.password);
        const page = await browser.open(apps[1].address({ scope: 'openid' }));
        const other = (await apps[1].redeem(apps[1].codeFrom(page))).json() as TokenSet;
        expect([one.refresh_token === undefined, other.refresh_token === undefined]).toEqual([false, true]);
        return { browser, one, other };
      }),
    );
    const { rows } = await stage.db.query('select 1 from sessions where user_id = $1', [user.uuid]);
    expect(rows).toHaveLength(3);
    await reset(user.id);
    for (const { browser, one, other } of everywhere) {
      expect(await worth(apps[0], one)).toEqual(NOTHING);
      expect((await apps[1].userinfo(other.access_token)).status).toBe(401);
      for (const app of apps) expect((await browser.open(app.address())).heading).toBe('Sign in');
    }
  });

  it('a session that is kept on purpose is kept, with all that came of it', async () => {
    const user = await someUser();
    const browser = await stage.visitor();
    const tokens = await apps[0].signIn(browser, user.loginID, user.password);
    await reset(user.id, { revokeSessions: false });
    expect(await worth(apps[0], tokens)).toEqual(EVERYTHING);
    expect((await stage.settings(browser)).heading).toBe('Your account');
  });

  it('a reset signs nobody in, neither who asks for it nor the user', async () => {
    const user = await someUser();
    const browser = await stage.visitor();
    await browser.open(apps[0].address());
    const body = {
      query: mutation('resetPassword', 'user { id }'),
      variables: { input: { userID: user.id, password: NEW } },
    };
    const answer = await stage.admin.send({ body: JSON.stringify(body) });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await browser.open(apps[0].address())).heading).toBe('Sign in');
    const { rows } = await stage.db.query('select 1 from sessions where user_id = $1', [user.uuid]);
    expect(rows).toEqual([]);
  });
});

describe('33 Kratos GHSA-wc43-73w7-x2f5, Keycloak CVE-2026-3429: a weak session reached what wants a strong one', () => {
  const CREATE_KEY = 'mutation { createAdminKey { adminKey { keyID } } }';

  it('an operator who proved their password long ago makes no key and resets no operator, until they prove it again', async () => {
    const portal = await portalClient(stage, OWNER, STAGE_PASSWORD);
    const args = ['operators', 'create', '--email', 'second@example.com', '--password-stdin'];
    const { userID } = await stage.server.json<{ userID: string }>(args, STAGE_PASSWORD);
    await stage.db.query("update portal_sessions set password_proved_at = now() - interval '11 minutes'");
    const input = { userID, password: NEW };
    const tryBoth = async () =>
      [
        await portal.ask(CREATE_KEY),
        await portal.ask(mutation('resetPassword', 'user { id }'), { input }),
      ].map((answer) => answer.json().errors?.[0]?.extensions.reason);
    const refused = ['ReauthenticationRequired', 'ReauthenticationRequired'];
    expect(await stage.unchanged(tryBoth, { but: ['sessions'] })).toEqual(refused);
    for (const password of ['a wrong password', '', null, undefined, { $ne: null }]) {
      expect((await portal.post('reauthenticate', { password })).status).toBeGreaterThanOrEqual(400);
    }
    expect(await tryBoth()).toEqual(refused);
    expect((await portal.post('reauthenticate', { password: STAGE_PASSWORD })).status).toBe(200);
    expect(await tryBoth()).toEqual([undefined, undefined]);
  });

  it('an old login session brings an old proof along: signing in to the portal by it makes nothing fresh', async () => {
    const { uuid } = await stage.addUser('x@example.com');
    const browser = await stage.signedIn({ id: '', uuid, loginID: OWNER, password: STAGE_PASSWORD });
    await stage.db.query(
      `update sessions set payload = jsonb_set(payload, '{loginTs}', to_jsonb(extract(epoch from now())::int - 3600))`,
    );
    const portal = await portalClient(stage, OWNER, STAGE_PASSWORD, browser);
    const answer = await portal.ask(CREATE_KEY);
    expect(answer.json().errors?.[0]?.extensions.reason).toBe('ReauthenticationRequired');
  });

  it('a password that must be changed opens the portal for nobody', async () => {
    const args = ['operators', 'create', '--email', 'third@example.com', '--password-stdin'];
    await stage.server.json(args, STAGE_PASSWORD);
    await stage.server.json(
      ['users', 'reset-password', 'third@example.com', '--password-stdin', '--expire'],
      STAGE_PASSWORD,
    );
    const signIn = portalClient(stage, 'third@example.com', STAGE_PASSWORD);
    await expect(signIn).rejects.toThrow('Change your password');
  });
});

describe('34 GoTrue #1489, better-auth #10239: codes outlived the change of the password', () => {
  it('a code that was handed out before is worth nothing', async () => {
    const user = await someUser();
    const code = await apps[0].authorize(await stage.visitor(), user.loginID, user.password);
    await reset(user.id);
    expect((await apps[0].redeem(code)).json()).toMatchObject({ error: 'invalid_grant' });
  });

  it.each([true, false])(
    'a login that has proved the old password starts over (sessions revoked: %j)',
    async (revokeSessions) => {
      const user = await someUser({ mustChange: true });
      const browser = await stage.visitor();
      const change = await browser.signIn(await browser.open(apps[0].address()), user.loginID, user.password);
      expect(change.heading).toBe('Change your password');
      await reset(user.id, { revokeSessions });
      const late = await stage.unchanged(() => browser.choose(change, CHOSEN));
      expect([late.heading, late.html.includes('Enter your password again')]).toEqual(['Sign in', true]);
      expect((await browser.signIn(late, user.loginID, user.password)).status).toBe(401);
      const landed = await browser.signIn(late, user.loginID, NEW);
      expect((await apps[0].redeem(apps[0].codeFrom(landed))).status).toBe(200);
    },
  );

  it('a mail with the older password is not delivered once there is a newer one', async () => {
    const user = await someUser();
    const mails = stage.mail.arrived.length;
    stage.mail.refuse('451 come back later');
    await reset(user.id, { password: CHOSEN, sendPassword: true });
    const states = async () => {
      const asked = `select state, secret_sealed is not null as is_sealed, attempts from messages
                     where user_id = $1 order by id`;
      return (await stage.db.query(asked, [user.uuid])).rows;
    };
    const waiting = { state: 'queued', is_sealed: true, attempts: 1 };
    await expect.poll(states, { timeout: 30_000 }).toEqual([waiting]);
    await reset(user.id, { sendPassword: true });
    await expect.poll(states, { timeout: 30_000 }).toMatchObject([
      { state: 'superseded', is_sealed: false },
      { state: 'sent', is_sealed: false },
    ]);
    const raw = stage.mail.arrived.slice(mails).map((mail) => mail.raw);
    expect([raw.length, raw[0]?.includes(CHOSEN), raw[0]?.includes(NEW)]).toEqual([1, false, true]);
  });
});
