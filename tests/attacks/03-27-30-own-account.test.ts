import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CodeClient, codeClient } from '../support/code-client.ts';
import { STAGE_PASSWORD, type Stage, type StageUser, startStage } from '../support/stage.ts';
import type { VisitedPage, Visitor } from '../support/visitor.ts';

const NEW_PASSWORD = 'ochre window 7 lantern';
const PATH = '/settings/password';

let stage: Stage;
let client: CodeClient;
let count = 0;
let ada: StageUser;

beforeAll(async () => {
  stage = await startStage();
  client = await codeClient(stage.server);
});
afterAll(() => stage?.stop());
beforeEach(async () => {
  count += 1;
  ada = await stage.addUser(`ada${count}@example.com`);
});

const open = (someone: Visitor, path: string): Promise<VisitedPage> =>
  someone.open(`${stage.server.origin}${path}`);

interface Change {
  current?: string;
  endOthers?: boolean;
  more?: Record<string, string>;
}

async function change(someone: Visitor, { current = STAGE_PASSWORD, endOthers = true, more }: Change = {}) {
  const page = await open(someone, PATH);
  return someone.send(page, {
    current_password: current,
    new_password: NEW_PASSWORD,
    confirmation: NEW_PASSWORD,
    end_others: endOthers ? 'yes' : '',
    ...more,
  });
}

const isSignedIn = async (someone: Visitor): Promise<boolean> =>
  (await stage.settings(someone)).heading === 'Your account';

const refreshes = async (token: string): Promise<boolean> => (await client.refresh(token)).status === 200;

/** Signed in to the app and to the account's pages, in one session. */
async function inTheApp(): Promise<{ browser: Visitor; refreshToken: string; accessToken: string }> {
  const browser = await stage.visitor();
  const tokens = await client.signIn(browser, ada.loginID, ada.password);
  return { browser, refreshToken: tokens.refresh_token, accessToken: tokens.access_token };
}

describe('3 Authentik CVE-2022-46145: settings ran without a login', () => {
  it.each([PATH, '/settings/sessions', '/change-password', '/.well-known/change-password'])(
    '%s leads to the login, and from there to where it was asked for',
    async (path) => {
      const someone = await stage.visitor();
      const login = await open(someone, path);
      expect(login.heading).toBe('Sign in');
      const page = await someone.signIn(login, ada.loginID, ada.password);
      expect(page.url.pathname).toBe(path === '/settings/sessions' ? path : PATH);
    },
  );

  it('no form of theirs does anything without a session', async () => {
    const here = await stage.signedIn(ada);
    const stranger = await stage.visitor();
    const login = await stage.settings(stranger);
    const csrf = login.forms[0]?.fields.csrf ?? '';
    const fields = {
      current_password: STAGE_PASSWORD,
      new_password: NEW_PASSWORD,
      confirmation: NEW_PASSWORD,
    };
    for (const [path, more] of [
      [PATH, fields],
      ['/settings/sessions/end', { session: 'x' }],
      ['/settings/sessions/end-others', {}],
    ] as const) {
      const form = { action: `${stage.server.origin}${path}`, fields: { csrf, ...more } };
      await stage.unchanged(() => stranger.send({ ...login, forms: [form] }));
    }
    expect(await isSignedIn(here)).toBe(true);
  });
});

describe('27 Casdoor CVE-2023-34927: a foreign page set the password', () => {
  it.each([PATH, '/settings/sessions/end', '/settings/sessions/end-others'])(
    'a form without the token of this browser is refused at %s',
    async (path) => {
      const someone = await stage.signedIn(ada);
      const page = await open(someone, '/settings/sessions');
      for (const csrf of ['', 'forged']) {
        const fields = { csrf, current_password: STAGE_PASSWORD, new_password: NEW_PASSWORD };
        const forms = [{ action: `${stage.server.origin}${path}`, fields }];
        const answer = await stage.unchanged(() => someone.send({ ...page, forms }));
        expect(answer.status).toBe(403);
      }
    },
  );
});

describe('30 Kanboard GHSA-fchw-39vq-2wvv: a form field chose whose password changed', () => {
  it('it is the one of the session, whatever else the form says', async () => {
    const victim = await stage.addUser(`victim${count}@example.com`);
    const someone = await stage.signedIn(ada);
    const more = {
      userID: victim.id,
      user_id: victim.uuid,
      username: victim.loginID,
      login_id: victim.loginID,
    };
    expect((await change(someone, { more })).heading).toBe('Your password was changed');
    await stage.signedIn(victim);
    await stage.signedIn({ ...ada, password: NEW_PASSWORD });
  });

  it('nor does one end a session of somebody else', async () => {
    const victim = await stage.addUser(`victim${count}@example.com`);
    const theirs = await stage.signedIn(victim);
    const { rows } = await stage.db.query('select uid from sessions where user_id = $1', [victim.uuid]);
    await stage.signedIn(ada);
    const other = await stage.signedIn(ada);
    const page = await open(other, '/settings/sessions');
    await other.send(page, { session: rows[0].uid }, '/settings/sessions/end');
    expect(await isSignedIn(theirs)).toBe(true);
  });
});

describe('changing the own password', () => {
  it('signs out everywhere else: this browser stays, with its apps, and nothing of the others', async () => {
    const here = await inTheApp();
    const thief = await inTheApp();
    const page = await change(here.browser);
    expect(page.heading).toBe('Your password was changed');
    expect(page.html).toContain('You were signed out everywhere else.');

    expect(await isSignedIn(here.browser)).toBe(true);
    expect((await client.introspect(here.accessToken)).active).toBe(true);
    expect(await refreshes(here.refreshToken)).toBe(true);
    expect(await isSignedIn(thief.browser)).toBe(false);
    expect((await client.introspect(thief.accessToken)).active).toBe(false);
    expect(await refreshes(thief.refreshToken)).toBe(false);

    const again = await here.browser.open(client.address());
    expect(client.codeFrom(again)).toBeTruthy();
    const { rows } = await stage.db.query(
      `select data from audit_log where user_id = $1 and activity_type = 'PASSWORD_CHANGED'`,
      [ada.uuid],
    );
    expect(rows.map(({ data }) => data)).toEqual([{ sessions_ended: 'others' }]);
    const mails = await stage.db.query('select recipient from messages where user_id = $1', [ada.uuid]);
    expect(mails.rows).toEqual([{ recipient: ada.loginID }]);
  });

  it('leaves the others alone where that was chosen', async () => {
    const here = await inTheApp();
    const other = await inTheApp();
    const page = await change(here.browser, { endOthers: false });
    expect(page.html).toContain('Other browsers and devices stay signed in.');
    expect(await isSignedIn(other.browser)).toBe(true);
    expect(await refreshes(other.refreshToken)).toBe(true);
    expect(await isSignedIn(here.browser)).toBe(true);
  });

  it.each([true, false])(
    'locks out who holds a copy of this very session (others end: %s)',
    async (endOthers) => {
      const { browser, refreshToken } = await inTheApp();
      const thief = await browser.copy();
      expect(await isSignedIn(thief)).toBe(true);
      await change(browser, { endOthers });
      expect([await isSignedIn(browser), await isSignedIn(thief)]).toEqual([true, false]);
      expect(await refreshes(refreshToken)).toBe(true);
      await client.redeem(client.codeFrom(await browser.open(client.address())));
      await thief.leave();
    },
  );

  it('needs the present one, as often as a login may try', async () => {
    const someone = await stage.signedIn(ada);
    for (let index = 0; index < 10; index++) {
      const refused = await change(someone, { current: `guess ${index}` });
      expect([refused.status, refused.heading]).toEqual([400, 'Change your password']);
      expect(refused.html).toContain('This is not your current password.');
    }
    const blocked = await change(someone);
    expect(blocked.status).toBe(429);
    expect(Number(blocked.headers['retry-after'])).toBeGreaterThan(800);
    expect(blocked.html).toContain('There were too many failed attempts. Wait 15 minutes');
    expect(await isSignedIn(someone)).toBe(true);
  });

  it('keeps every rule, and says what is wrong under its field', async () => {
    const someone = await stage.signedIn(ada);
    const short = await change(someone, { more: { new_password: 'x', confirmation: 'x' } });
    expect(short.html).toMatch(/id="new_password-error"/);
    const differs = await change(someone, { more: { confirmation: 'another' } });
    expect(differs.html).toMatch(/id="confirmation-error"/);
    const same = await change(someone, {
      more: { new_password: STAGE_PASSWORD, confirmation: STAGE_PASSWORD },
    });
    expect(same.html).toMatch(/id="new_password-error"/);
    const empty = await change(someone, { current: '' });
    expect(empty.html).toMatch(/id="current_password-error"/);
    for (const page of [short, differs, same, empty]) expect(page.status).toBe(400);
  });

  it('is no way to a first password, which takes a recovery', async () => {
    const someone = await stage.signedIn(ada);
    await stage.db.query('delete from authenticators where user_id = $1', [ada.uuid]);
    const page = await open(someone, PATH);
    expect(page.html).toContain('href="/forgot-password"');
    expect(page.forms.filter(({ action }) => action.endsWith(PATH))).toEqual([]);
  });

  it('of a session that has ended changes nothing', async () => {
    const here = await stage.signedIn(ada);
    const stolen = await here.copy();
    const page = await open(stolen, PATH);
    await change(here, { endOthers: false });
    await here.send(await stage.settings(here), {}, '/settings/sign-out');
    const fields = {
      current_password: NEW_PASSWORD,
      new_password: 'another 9 words',
      confirmation: 'another 9 words',
    };
    const answer = await stage.unchanged(() => stolen.send(page, fields), { but: ['sessions'] });
    expect(answer.heading).toBe('Sign in');
    await stolen.leave();
  });
});

describe('the list of sessions', () => {
  it('names the browser, the apps and which one this is, and ends one', async () => {
    const here = await stage.signedIn(ada);
    const other = await inTheApp();
    const page = await open(here, '/settings/sessions');
    expect(page.html.match(/This browser/g)).toHaveLength(1);
    expect(page.html).toContain('Apps: Code app');
    expect(page.html).toContain('127.0.0.1');
    const after = await here.send(page, {}, '/settings/sessions/end');
    expect(after.url.pathname).toBe('/settings/sessions');
    expect(after.html).not.toContain('Apps: Code app');
    expect(await isSignedIn(other.browser)).toBe(false);
    expect(await refreshes(other.refreshToken)).toBe(false);
    expect(await isSignedIn(here)).toBe(true);
  });

  it('ends all others, and keeps this one with its apps', async () => {
    const here = await inTheApp();
    const others = [await inTheApp(), await inTheApp()];
    const page = await open(here.browser, '/settings/sessions');
    const after = await here.browser.send(page, {}, '/settings/sessions/end-others');
    expect(after.forms.filter(({ action }) => action.endsWith('/end-others'))).toEqual([]);
    for (const { browser, refreshToken } of others) {
      expect(await isSignedIn(browser)).toBe(false);
      expect(await refreshes(refreshToken)).toBe(false);
    }
    expect(await isSignedIn(here.browser)).toBe(true);
    expect(await refreshes(here.refreshToken)).toBe(true);
  });
});
