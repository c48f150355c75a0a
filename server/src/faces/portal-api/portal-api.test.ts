import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  OPERATOR_PASSWORD,
  type TestBrowser,
  type TestPortal,
  testPortal,
} from '../../../../tests/support/portal.ts';
import { globalID } from '../../platform/ids.ts';
import { revokeAllSessions } from '../../sessions/index.ts';

const ACTING = { actor: { type: 'command_line' }, origin: {} } as const;
const MINUTE_MS = 60_000;
const COUNT_QUERY = { query: '{ users(first: 1) { totalCount } }' };
const CREATE_KEY = { query: 'mutation { createAdminKey { privateKey } }' };

let portal: TestPortal;
let owner: string;

beforeAll(async () => {
  portal = await testPortal();
  owner = await portal.addOperator('ada@example.com');
  await portal.projects.create({ name: 'Shop', id: 'shop' }, ACTING);
  await portal.projects.create({ name: 'Forum', id: 'forum' }, ACTING);
  await portal.projects.collaborators.add({ projectID: 'shop', userID: owner, role: 'viewer' }, ACTING);
});
afterAll(() => portal.stop());

async function signedIn(userID = owner): Promise<TestBrowser> {
  const browser = portal.browser();
  await browser.signIn(userID);
  return browser;
}

describe('me', () => {
  test('who is signed in, what they may reach, and where mails go', async () => {
    const answer = await (await signedIn()).get('/portal/api/me');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.json).toEqual({
      operator: { id: globalID('User', owner), name: 'ada@example.com', email: 'ada@example.com' },
      projects: [
        { id: 'home', name: 'Latchkey', origin: portal.origin, role: 'owner', mail: 'mailbox' },
        {
          id: 'shop',
          name: 'Shop',
          origin: expect.stringMatching(/^http:\/\/shop\.localhost:\d+$/),
          role: 'viewer',
          mail: 'mailbox',
        },
      ],
      createsProjects: true,
      readsMailbox: true,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });

  test('the mailbox is for owners of home alone', async () => {
    const editor = await portal.addOperator('bob@example.com', 'editor');
    const elsewhere = await portal.addOperator('cyd@example.com', 'owner', 'shop');
    for (const userID of [editor, elsewhere]) {
      expect((await (await signedIn(userID)).get('/portal/api/me')).json.readsMailbox).toBe(false);
    }
  });

  test('a user without a project reaches none', async () => {
    const nobody = await portal.addOperator('dan@example.com', 'viewer', 'forum');
    await portal.database.kysely.deleteFrom('instance.collaborators').where('user_id', '=', nobody).execute();
    expect((await (await signedIn(nobody)).get('/portal/api/me')).json.projects).toEqual([]);
  });
});

describe('who is not signed in', () => {
  test('gets 401 everywhere, and nothing else', async () => {
    const browser = portal.browser();
    browser.cookies.set('latchkey_portal', 'x'.repeat(43));
    const answers = await Promise.all([
      browser.get('/portal/api/me'),
      browser.post('/portal/api/logout', {}),
      browser.post('/portal/api/reauthenticate', { password: OPERATOR_PASSWORD }),
      browser.post('/portal/api/home/graphql', COUNT_QUERY),
      browser.post('/portal/api/nonsense/graphql', COUNT_QUERY),
    ]);
    for (const { status, json } of answers) {
      expect([status, json.error.kind, json.error.reason]).toEqual([401, 'Unauthorized', 'NotSignedIn']);
    }
  });

  test('is who has revoked every session, is disabled, or signed in too long ago', async () => {
    const user = await portal.addOperator('eve@example.com');
    const home = portal.database.forProject('home');
    const status = async (browser: TestBrowser) => (await browser.get('/portal/api/me')).status;

    const revoked = await signedIn(user);
    await home.transaction((tx) => revokeAllSessions(tx, portal, user));
    expect(await status(revoked)).toBe(401);

    const late = await signedIn(user);
    portal.clock.advance(12 * 60 * MINUTE_MS - 1);
    expect(await status(late)).toBe(200);
    portal.clock.advance(1);
    expect(await status(late)).toBe(401);

    const disabled = await signedIn(user);
    const table = home.kysely.updateTable('users').set({ is_disabled: true });
    await table.where('project_id', '=', 'home').where('id', '=', user).execute();
    expect(await status(disabled)).toBe(401);
  });
});

describe('a forged request', () => {
  test.each([
    ['of another site', { origin: 'https://evil.example' }],
    ['of a sandboxed page', { origin: 'null' }],
    ['of a neighbouring port', { origin: 'http://localhost:4001' }],
    ['that a browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['that a browser calls same-site', { 'sec-fetch-site': 'same-site' }],
  ])('%s is refused before anything is done', async (_, headers) => {
    const browser = await signedIn();
    for (const path of ['/portal/api/logout', '/portal/api/home/graphql', '/portal/api/reauthenticate']) {
      const answer = await browser.post(path, { password: 'x', ...COUNT_QUERY }, headers);
      expect([answer.status, answer.json.error.reason]).toEqual([403, 'ForgedRequest']);
    }
    expect((await browser.get('/portal/api/me')).status).toBe(200);
  });

  test('that no browser sent, without Origin, is refused', async () => {
    const browser = await signedIn();
    const cookie = `latchkey_portal=${browser.cookies.get('latchkey_portal')}`;
    const headers = { cookie, 'content-type': 'application/json' };
    const answer = await portal.request(`${portal.origin}/portal/api/logout`, {
      method: 'POST',
      headers,
      body: '{}',
    });
    expect(answer.json.error.reason).toBe('ForgedRequest');
  });

  test('as a form sends it is refused', async () => {
    const browser = await signedIn();
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const answer = await browser.post('/portal/api/home/graphql', COUNT_QUERY, { 'content-type': type });
      expect([answer.status, answer.json.error.reason]).toEqual([415, 'UnsupportedMediaType']);
    }
  });
});

describe('graphql', () => {
  test('answers a collaborator in their role', async () => {
    const browser = await signedIn();
    const answer = await browser.post('/portal/api/home/graphql', COUNT_QUERY);
    expect(answer.json.data.users.totalCount).toBeGreaterThan(0);
    const refused = await browser.post('/portal/api/shop/graphql', CREATE_KEY);
    expect(refused.json.errors[0].extensions).toMatchObject({
      errorName: 'Forbidden',
      reason: 'RoleInsufficient',
    });
  });

  test('a project of others and one that is not there are the same', async () => {
    const browser = await signedIn();
    const [others, none] = await Promise.all([
      browser.post('/portal/api/forum/graphql', COUNT_QUERY),
      browser.post('/portal/api/nonsense/graphql', COUNT_QUERY),
    ]);
    expect([others.status, others.json.error.reason]).toEqual([404, 'ProjectNotFound']);
    expect(none.text).toBe(others.text);
    for (const odd of ['%00', 'home%00', '__proto__', 'HOME', '%F0%9F%98%80', 'x'.repeat(1_000)]) {
      const answer = await browser.post(`/portal/api/${odd}/graphql`, COUNT_QUERY);
      expect([odd, answer.status, answer.text]).toEqual([odd, 404, others.text]);
    }
  });

  test('is not there to be got', async () => {
    const answer = await (await signedIn()).get('/portal/api/home/graphql?query=%7B__typename%7D');
    expect([answer.status, answer.json.error.reason]).toEqual([404, 'NotFound']);
  });
});

describe('reauthenticate', () => {
  const createKey = async (browser: TestBrowser) =>
    (await browser.post('/portal/api/home/graphql', CREATE_KEY)).json.errors?.[0].extensions.reason;

  test('the right password counts for acts of weight, for ten minutes', async () => {
    const browser = await signedIn();
    expect(await createKey(browser)).toBeUndefined();
    portal.clock.advance(11 * MINUTE_MS);
    expect(await createKey(browser)).toBe('ReauthenticationRequired');
    const proof = await browser.post('/portal/api/reauthenticate', { password: OPERATOR_PASSWORD });
    expect([proof.status, proof.json]).toEqual([200, {}]);
    expect(await createKey(browser)).toBeUndefined();
    portal.clock.advance(11 * MINUTE_MS);
    expect(await createKey(browser)).toBe('ReauthenticationRequired');
  });

  test('a wrong one is refused, recorded, and leaves the operator signed in', async () => {
    const browser = await signedIn();
    portal.clock.advance(11 * MINUTE_MS);
    const answer = await browser.post('/portal/api/reauthenticate', { password: 'wrong' });
    expect([answer.status, answer.json.error.reason]).toEqual([403, 'InvalidCredentials']);
    expect(await createKey(browser)).toBe('ReauthenticationRequired');
    const entry = await portal.database.acrossProjects
      .selectFrom('audit_log')
      .select(['activity_type', 'actor'])
      .orderBy('created_at', 'desc')
      .executeTakeFirst();
    expect(entry).toEqual({
      activity_type: 'AUTHENTICATION_PRIMARY_PASSWORD_FAILED',
      actor: { type: 'operator', userID: owner },
    });
  });

  test('is limited as a login is: ten wrong ones, and the right one has to wait', async () => {
    const eve = await portal.addOperator('guesser@example.com');
    const browser = portal.browser();
    await browser.signIn(eve);
    for (let index = 0; index < 10; index++) {
      expect((await browser.post('/portal/api/reauthenticate', { password: 'wrong' })).status).toBe(403);
    }
    const answer = await browser.post('/portal/api/reauthenticate', { password: OPERATOR_PASSWORD });
    expect([answer.status, answer.json.error.reason]).toEqual([429, 'RateLimited']);
    expect(answer.headers.get('retry-after')).toBe('900');
    portal.clock.advance(15 * MINUTE_MS);
    expect((await browser.post('/portal/api/reauthenticate', { password: OPERATOR_PASSWORD })).status).toBe(
      200,
    );
  });

  test('proves it for this browser only', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    portal.clock.advance(11 * MINUTE_MS);
    await here.post('/portal/api/reauthenticate', { password: OPERATOR_PASSWORD });
    expect(await createKey(here)).toBeUndefined();
    expect(await createKey(there)).toBe('ReauthenticationRequired');
  });

  test.each([
    '{',
    '[]',
    '{}',
    '{"password": 1}',
    '{"password": null}',
    `{"password":"${'x'.repeat(70_000)}"}`,
  ])('a body that is none is Invalid: %.20s', async (body) => {
    const answer = await (await signedIn()).post('/portal/api/reauthenticate', body);
    expect([answer.status, answer.json.error.reason]).toEqual([400, 'InvalidRequestBody']);
  });

  test('a password with NUL or of a great length is a wrong one', async () => {
    const browser = await signedIn();
    for (const password of ['\0', '🔑'.repeat(5_000)]) {
      const answer = await browser.post('/portal/api/reauthenticate', { password });
      expect(answer.json.error.reason).toBe('InvalidCredentials');
    }
  });
});

test('signing out ends the portal session, the login session, and the cookie', async () => {
  const browser = await signedIn();
  const id = browser.cookies.get('latchkey_portal') ?? '';
  const before = portal.endedSessions.length;
  expect((await browser.post('/portal/api/logout', {})).status).toBe(200);
  expect(portal.endedSessions.length).toBe(before + 1);
  expect(browser.cookies.size).toBe(0);
  browser.cookies.set('latchkey_portal', id);
  expect((await browser.get('/portal/api/me')).status).toBe(401);
});

test('another address of the API is NotFound, typed', async () => {
  const answer = await (await signedIn()).post('/portal/api/nonsense', {});
  expect([answer.status, answer.json.error.reason]).toEqual([404, 'NotFound']);
});

test('an unexpected failure says nothing but an id, under which the log has it', async () => {
  const browser = await signedIn();
  const { collaborators } = portal.projects;
  const real = collaborators.projectsOf;
  collaborators.projectsOf = () => Promise.reject(new Error('secret detail'));
  const answer = await browser.get('/portal/api/me').finally(() => {
    collaborators.projectsOf = real;
  });
  expect(answer.status).toBe(500);
  expect(answer.text).not.toContain('secret detail');
  const line = portal.log.find((text) => text.includes(answer.json.error.info.error_id));
  expect(line).toContain('secret detail');
});
