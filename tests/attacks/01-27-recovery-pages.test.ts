import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailReader } from '../support/mail-reader.ts';
import { codeIn, linkIn } from '../support/recovery-pages.ts';
import { type Stage, type StageUser, startStage } from '../support/stage.ts';
import type { VisitedPage, Visitor } from '../support/visitor.ts';
import { sendRaw, type WireAnswer } from '../support/wire.ts';

const CHOSEN = 'my very own passphrase 1';
const FORM = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };

let stage: Stage;
let readMail: ReturnType<typeof mailReader>;
let ada: StageUser;

beforeAll(async () => {
  stage = await startStage();
  readMail = mailReader(stage.mail);
  ada = await stage.addUser('ada@example.com');
});
afterAll(() => stage?.stop());

const at = (path: string): string => stage.server.origin + path;

const cookieOf = async (browser: Visitor): Promise<string> =>
  Object.entries(await browser.cookies())
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');

const csrfOf = (page: VisitedPage): string => page.forms[0]?.fields.csrf ?? '';

/** Asks for a link or a code, from a browser of its own. */
async function ask(loginID: string, method: 'link' | 'code'): Promise<[Visitor, VisitedPage]> {
  await stage.db.query('delete from instance.rate_limits');
  const browser = await stage.visitor();
  const form = await browser.open(at('/forgot-password'));
  return [browser, await browser.send(form, { login_id: loginID, method })];
}

const post = (path: string, cookie: string, fields: Record<string, string>, headers = {}) =>
  sendRaw(stage.server.port, {
    method: 'POST',
    path,
    headers: { ...FORM, cookie, ...headers },
    body: new URLSearchParams(fields).toString(),
  });

/** Whether an account still has the password it began with. */
async function isUnchanged(user: StageUser): Promise<void> {
  const browser = await stage.signedIn(user);
  await browser.leave();
}

describe('1 Keycloak CVE-2026-18963: a new password without the mailed link', () => {
  it('the page for it opens to who asked and has not shown what was sent', async () => {
    for (const method of ['link', 'code'] as const) {
      const [browser, page] = await ask(ada.loginID, method);
      await readMail(ada.loginID);
      expect((await browser.open(at('/reset-password'))).heading).toBe('Forgot your password?');
      const fields = { csrf: csrfOf(page), new_password: CHOSEN, confirmation: CHOSEN };
      const sent = await post('/reset-password', await cookieOf(browser), fields);
      expect([sent.status, sent.headers.location]).toEqual([303, '/forgot-password']);
    }
    await isUnchanged(ada);
  });

  it('a cookie is good for its own purpose, and only as this server made it', async () => {
    const [browser, page] = await ask(ada.loginID, 'code');
    await readMail(ada.loginID);
    const { latchkey_recovery: begun = '', ...others } = await browser.cookies();
    expect(begun.length).toBeGreaterThan(50);
    const rest = Object.entries(others).map(([name, value]) => `${name}=${value}`);
    const csrf = csrfOf(page);
    const send = async (path: string, name: string, value: string, fields: Record<string, string>) => {
      const cookie = [...rest, `${name}=${encodeURIComponent(value)}`].join('; ');
      const { status, headers } = await post(path, cookie, { csrf, ...fields });
      return [value, status, headers.location];
    };
    const forgeries = [begun.slice(0, -4), `${begun.slice(0, -9)}AAAAAAAAA`, '', 'v1.x.y', '{"token":1}'];
    for (const forged of forgeries) {
      expect(await send('/forgot-password/code', 'latchkey_recovery', forged, { code: '123456' })).toEqual([
        forged,
        303,
        '/forgot-password',
      ]);
    }
    const fields = { new_password: CHOSEN, confirmation: CHOSEN };
    for (const forged of [begun, ...forgeries]) {
      expect(await send('/reset-password', 'latchkey_reset', forged, fields)).toEqual([
        forged,
        303,
        '/forgot-password',
      ]);
    }
    await isUnchanged(ada);
  });
});

describe('6 Joplin CVE-2026-105785, 8 Telekom CVE-2025-69614, 23 Devise CVE-2013-0233: a token that is none, or of another purpose', () => {
  it.each([
    ['nothing', 'token='],
    ['null', 'token=null'],
    ['zero', 'token=0'],
    ['an object', 'token[$ne]=1&token='],
    ['a list', 'token=a&token=b'],
    ['NUL', 'token=%00'],
    ['a line break', 'token=%0d%0aset-cookie:x=1'],
    ['wildcards', `token=${'%25'.repeat(32)}`],
    ['32 letters', `token=${'a'.repeat(32)}`],
    ['very much', `token=${'a'.repeat(8_000)}`],
  ])('%s opens nothing', async (_, query) => {
    await stage.db.query('delete from instance.rate_limits');
    const browser = await stage.visitor();
    const page = await browser.open(at(`/reset-password?${query}`));
    expect(page.url.href).toBe(at('/reset-password'));
    expect(page.status).toBe(400);
    expect(['This address is not complete', 'This link does not work']).toContain(page.heading);
  });

  it('neither does a token against forgery, nor the id of an attempt', async () => {
    const [browser, page] = await ask(ada.loginID, 'link');
    await readMail(ada.loginID);
    const { rows } = await stage.db.query('select id from codes');
    for (const token of [csrfOf(page), csrfOf(page).slice(0, 32), ...rows.map(({ id }) => id)]) {
      const opened = await browser.open(at(`/reset-password?token=${token}`));
      expect([token, opened.status]).toEqual([token, 400]);
    }
  });
});

describe('13 Zitadel GHSA-2wmj-46rj-qm2w, 14 WordPress CVE-2017-8295, 15 better-auth CVE-2025-71403: a header chose where a link leads', () => {
  it.each<[string, Record<string, string>]>([
    ['X-Forwarded-Host', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }],
    ['Forwarded', { forwarded: 'for=1.2.3.4;host=evil.example;proto=https' }],
    ['Origin and Referer', { origin: 'https://evil.example', referer: 'https://evil.example/' }],
    ['X-Original-URL', { 'x-original-url': '/evil', 'x-rewrite-url': '/evil' }],
  ])('%s changes neither the link nor where a page leads', async (_, headers) => {
    await stage.db.query('delete from instance.rate_limits');
    const browser = await stage.visitor();
    const page = await browser.open(at('/forgot-password'));
    const fields = { csrf: csrfOf(page), login_id: ada.loginID, method: 'link' };
    const sent = await post('/forgot-password', await cookieOf(browser), fields, headers);
    expect([sent.status, sent.headers.location]).toEqual([303, '/forgot-password/check-mail']);
    const link = new URL(linkIn(await readMail(ada.loginID)));
    expect(link.origin).toBe(stage.server.origin);
    const path = link.pathname + link.search;
    const opened = await sendRaw(stage.server.port, { path, headers: { ...headers, accept: 'text/html' } });
    expect([opened.status, opened.headers.location]).toEqual([303, '/reset-password']);
    expect(opened.headers['referrer-policy']).toBe('no-referrer');
  });

  it('a host that is nobody’s asks for nothing', async () => {
    const headers = { host: 'evil.example' };
    const answer = await post('/forgot-password', '', { login_id: ada.loginID, method: 'link' }, headers);
    expect(answer.status).toBe(421);
  });
});

describe('24 Grafana CVE-2022-39307, Logto #8663, #8737, #8780: the answer told who has an account', () => {
  interface Asked {
    answers: Pick<WireAnswer, 'status' | 'headers' | 'text'>[];
    statements: string[][];
    jobs: string[];
  }

  /** Until it is let go, every job waits: what a request leaves to be done is counted, and disturbs no count. */
  const HOLD = `create function hold_jobs() returns trigger language plpgsql as $$
      begin new.run_at := now() + interval '1 hour'; return new; end $$;
    create trigger hold before insert on graphile_worker._private_jobs
      for each row execute function hold_jobs()`;
  const LET_GO = `drop trigger hold on graphile_worker._private_jobs; drop function hold_jobs();
    update graphile_worker._private_jobs set run_at = now()`;

  const jobs = async (): Promise<string[]> =>
    (await stage.db.query('select task_identifier as task from graphile_worker.jobs order by id')).rows
      .map(({ task }) => String(task))
      .filter((task) => !/sweep|partitions/.test(task));

  /** An answer without what differs from one to the next: the login ID, tokens, what is sealed, the time. */
  function leveled({ status, headers: { date: _date, ...headers }, text }: WireAnswer, loginID: string) {
    const cookies = headers['set-cookie']?.map((cookie) =>
      cookie.replace(/=[^;]+/, (value) => `${value.length}`),
    );
    return {
      status,
      headers: { ...headers, 'set-cookie': cookies },
      text: text
        .replaceAll(loginID, '{login id}')
        .replaceAll(/name="csrf" value="[^"]+"/g, 'name="csrf"')
        .replaceAll(/data-seconds="\d+"([^>]*)>\d+/g, 'data-seconds$1'),
    };
  }

  interface Step {
    path: string;
    fields?: Record<string, string>;
  }

  /** Goes some steps from a browser of its own, and writes down what came of each. */
  async function go(loginID: string, browser: Visitor, steps: readonly Step[]): Promise<Asked> {
    const answers: Asked['answers'] = [];
    const statements: string[][] = [];
    const before = (await jobs()).length;
    const jar = new Map(Object.entries(await browser.cookies()));
    let csrf = csrfOf(await browser.open(at('/forgot-password')));
    for (const [name, value] of Object.entries(await browser.cookies())) jar.set(name, value);
    for (const { path, fields } of steps) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      let answer: WireAnswer | undefined;
      statements.push(
        await stage.statements(async () => {
          answer = fields
            ? await post(path, cookie, { csrf, ...fields })
            : await sendRaw(stage.server.port, { path, headers: { accept: 'text/html', cookie } });
        }),
      );
      if (!answer) throw new Error('no answer');
      for (const line of answer.headers['set-cookie'] ?? []) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
        jar.set(name, value);
      }
      csrf = /name="csrf" value="([^"]+)"/.exec(answer.text)?.[1] ?? csrf;
      answers.push(leveled(answer, loginID));
    }
    return { answers, statements, jobs: (await jobs()).slice(before) };
  }

  const ids: [what: string, loginID: string][] = [
    ['somebody', 'known@example.com'],
    ['nobody', 'nobod@example.com'],
    ['an account without a password', 'empty@example.com'],
    ['a disabled account', 'gone1@example.com'],
    ['an account about to be deleted', 'gone2@example.com'],
    ['a domain that is none', 'known@example.non'],
  ];

  beforeAll(async () => {
    await stage.addUser('known@example.com');
    await stage.addUser('empty@example.com', { password: '' });
    const gone = await stage.addUser('gone1@example.com');
    const leaving = await stage.addUser('gone2@example.com');
    await stage.db.query('update users set is_disabled = true where id = $1', [gone.uuid]);
    await stage.db.query('update users set delete_at = now() where id = $1', [leaving.uuid]);
  });

  it.each(['link', 'code'] as const)(
    'asking for a %s: the same pages, headers, statements and jobs',
    async (method) => {
      const shown = { link: '/forgot-password/check-mail', code: '/forgot-password/code' }[method];
      await stage.db.query('delete from instance.rate_limits');
      // What is loaded and read at first use is there then.
      await ask('first@example.com', method);
      await expect.poll(jobs).toEqual([]);
      const seen: [string, Asked][] = [];
      const browsers: Visitor[] = [];
      await stage.db.query(HOLD);
      try {
        for (const [what, loginID] of ids) {
          const browser = await stage.visitor();
          browsers.push(browser);
          const steps: Step[] = [
            { path: '/forgot-password', fields: { login_id: loginID, method } },
            { path: shown },
            // Too soon for another one, and for a second one from elsewhere.
            { path: shown, fields: { resend: 'yes' } },
            { path: '/forgot-password', fields: { login_id: loginID, method } },
          ];
          seen.push([what, await go(loginID, browser, steps)]);
        }
      } finally {
        await stage.db.query(LET_GO);
      }
      const [[, first]] = seen as [[string, Asked]];
      expect(first.answers.map(({ status }) => status)).toEqual([303, 200, 429, 429]);
      expect(first.jobs).toEqual(['send_code']);
      expect(first.statements[0]?.length).toBeGreaterThan(2);
      for (const [what, asked] of seen) expect([what, asked]).toEqual([what, first]);
    },
  );

  it('entering a wrong code once everything is sent', async () => {
    const seen: [string, Asked][] = [];
    for (const [what, loginID] of ids) {
      await stage.db.query('delete from instance.rate_limits');
      const browser = await stage.visitor();
      const form = await browser.open(at('/forgot-password'));
      await browser.send(form, { login_id: loginID, method: 'code' });
      await expect.poll(jobs, { timeout: 30_000 }).toEqual([]);
      const { rows } = await stage.db.query('select 1 from messages where state in ($1, $2)', [
        'queued',
        'sending',
      ]);
      expect(rows).toEqual([]);
      const path = '/forgot-password/code';
      const tries = Array.from({ length: 6 }, () => ({ path, fields: { code: '000000' } }));
      seen.push([what, await go(loginID, browser, [{ path }, ...tries, { path }])]);
    }
    const [[, first]] = seen as [[string, Asked]];
    expect(first.answers.map(({ status }) => status)).toEqual([200, 400, 400, 400, 400, 429, 429, 200]);
    for (const [what, asked] of seen) expect([what, asked]).toEqual([what, first]);
  });

  it.each(['ada\r\nbcc: eve@example.com', 'ada@', '@example.com', '', ' ', '\u0000', 'a@b@c'])(
    '%j is told what is wrong with it, and nothing is looked up',
    async (loginID) => {
      const browser = await stage.visitor();
      const page = await browser.open(at('/forgot-password'));
      const fields = { csrf: csrfOf(page), login_id: loginID, method: 'link' };
      const before = await jobs();
      const statements = await stage.statements(async () => {
        const answer = await post('/forgot-password', await cookieOf(browser), fields);
        expect(answer.status).toBe(400);
        expect(answer.text).toMatch(/id="login_id-error"/);
      });
      expect(statements.join('\n')).not.toMatch(/from "(users|identities)"/);
      expect(await jobs()).toEqual(before);
    },
  );
});

describe('27 Casdoor CVE-2023-34927: another site set the password, for want of a check against forgery', () => {
  it('a form without this browser’s token, or from another site, changes nothing', async () => {
    const [browser] = await ask(ada.loginID, 'code');
    const code = codeIn(await readMail(ada.loginID));
    const cookie = await cookieOf(browser);
    expect((await post('/forgot-password/code', cookie, { csrf: '', code })).status).toBe(403);
    const page = await browser.open(at('/forgot-password/code'));
    const reset = await browser.send(page, { code });
    expect(reset.heading).toBe('Choose a new password');
    const fields = { new_password: CHOSEN, confirmation: CHOSEN };
    const proved = await cookieOf(browser);
    expect((await post('/reset-password', proved, fields)).status).toBe(403);
    const foreign = { 'sec-fetch-site': 'cross-site' };
    const sent = await post('/reset-password', proved, { csrf: csrfOf(reset), ...fields }, foreign);
    expect(sent.status).toBe(403);
    await isUnchanged(ada);
  });
});
