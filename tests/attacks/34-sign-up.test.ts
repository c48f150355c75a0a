import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeIn } from '../support/login.ts';
import { mailReader } from '../support/mail-reader.ts';
import type { ArrivedMail } from '../support/smtp.ts';
import { STAGE_PASSWORD, type Stage, startStage } from '../support/stage.ts';
import type { VisitedPage, Visitor } from '../support/visitor.ts';
import { sendRaw, type WireAnswer } from '../support/wire.ts';

const CHOSEN = 'walnut orbit 73 kettle';
const EVIL = 'attackers choose this 1';

let stage: Stage;
let mailTo: (recipient: string) => Promise<ArrivedMail>;

beforeAll(async () => {
  stage = await startStage();
  mailTo = mailReader(stage.mail);
});
afterAll(() => stage?.stop());
// The attempts of one test are not those of the next.
beforeEach(() => stage.db.query('delete from instance.rate_limits'));

/** A sign-up that somebody has begun in a browser of their own. */
interface Begun {
  browser: Visitor;
  /** The address of the login it is part of. */
  path: string;
  cookie: string;
  csrf: string;
}

async function begin(): Promise<Begun> {
  const browser = await stage.visitor();
  const page = await browser.open(`${stage.server.origin}/signup`);
  const cookie = Object.entries(await browser.cookies())
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const path = page.url.pathname.replace(/\/signup$/, '');
  return { browser, path, cookie, csrf: page.forms[0]?.fields.csrf ?? '' };
}

const post = (
  { path, cookie, csrf }: Begun,
  step: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<WireAnswer> =>
  sendRaw(stage.server.port, {
    method: 'POST',
    path: path + step,
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', cookie, ...headers },
    body: new URLSearchParams({ csrf, ...fields }).toString(),
  });

const open = ({ path, cookie }: Begun, step: string): Promise<WireAnswer> =>
  sendRaw(stage.server.port, { path: path + step, headers: { accept: 'text/html', cookie } });

const users = async (address: string) =>
  (await stage.db.query('select user_id from identities where unique_key = $1', [address])).rows;

async function isRight(loginID: string, password: string): Promise<boolean> {
  const someone = await stage.visitor();
  const page: VisitedPage = await someone.signIn(await stage.settings(someone), loginID, password);
  return page.heading === 'Your account';
}

describe('24 Grafana CVE-2022-39307, Logto #8663; 25 Sulu GHSA-wfm4-pq59-wg6r: the answer told who has an account', () => {
  /** Keeps the worker from what a request leaves to it, so that the statements counted are the request's own. */
  beforeEach(() =>
    stage.db.query(`
      create or replace function hold_job() returns trigger language plpgsql
        as $$ begin new.run_at := 'infinity'; return new; end $$;
      create trigger hold_job before insert on graphile_worker._private_jobs
        for each row execute function hold_job()`),
  );
  afterEach(() =>
    stage.db.query(`
      drop trigger hold_job on graphile_worker._private_jobs;
      delete from graphile_worker._private_jobs where run_at = 'infinity'`),
  );

  /** What the job runner asks for by itself now and then. */
  const CHORES = /graphile_worker\.(jobs|_private_|force_unlock|remove_job|get_)|known_crontabs/;

  /** Everything there is to see of a sign-up with an address, but for the address itself. */
  async function seen(address: string) {
    const begun = await begin();
    const steps: [string, () => Promise<WireAnswer>][] = [
      ['address', () => post(begun, '/signup', { address })],
      ['code page', () => open(begun, '/signup/code')],
      ['address again', () => post(begun, '/signup', { address })],
      ['too soon', () => post(begun, '/signup/code', { resend: 'yes' })],
      ...[1, 2, 3, 4, 5, 6].map((count): [string, () => Promise<WireAnswer>] => [
        `wrong code ${count}`,
        () => post(begun, '/signup/code', { code: '123456' }),
      ]),
      ['password', () => post(begun, '/signup/password', { new_password: CHOSEN })],
      ['address page', () => open(begun, '/signup')],
    ];
    const looks = [];
    for (const [step, send] of steps) {
      let answer: WireAnswer | undefined;
      const statements = await stage.statements(async () => {
        answer = await send();
      });
      const { date: _date, 'content-length': _length, ...headers } = answer?.headers ?? {};
      const plain = (text: string): string =>
        text
          .replaceAll(address, '{address}')
          .replaceAll(begun.path, '{path}')
          .replaceAll(begun.csrf, '{csrf}')
          .replaceAll(/data-seconds="\d+"([^>]*)>\d+/g, 'data-seconds="{s}"$1>{s}')
          .replaceAll(/\d+ seconds?/g, '{s} seconds');
      if ('retry-after' in headers) headers['retry-after'] = '{s}';
      if (typeof headers.location === 'string') headers.location = plain(headers.location);
      const own = statements.filter((statement) => !CHORES.test(statement));
      looks.push({ step, status: answer?.status, headers, text: plain(answer?.text ?? ''), statements: own });
    }
    const { rows } = await stage.db.query(
      "select count(*)::int as jobs from graphile_worker._private_jobs where payload ->> 'attemptID' is not null",
    );
    return { looks, jobs: rows[0].jobs };
  }

  it('an address that somebody has looks like any other, whatever became of the account', async () => {
    const changes: [address: string, change: string][] = [
      ['known1@example.com', ''],
      ['known2@example.com', 'is_disabled = true'],
      ['known3@example.com', 'delete_at = now()'],
      ['known4@example.com', 'account_valid_until = now()'],
    ];
    for (const [address, change] of changes) {
      const { uuid } = await stage.addUser(address);
      if (change) await stage.db.query(`update users set ${change} where id = $1`, [uuid]);
    }
    await stage.addUser('known5@example.com', { password: '' });
    await seen('warming@example.com');
    await stage.db.query('delete from graphile_worker._private_jobs');

    const nobody = await seen('nobody@example.com');
    expect(nobody.looks.map(({ status }) => status)).toEqual([
      303, 200, 303, 429, 400, 400, 400, 400, 429, 429, 303, 200,
    ]);
    expect(nobody.looks[1]?.text).toContain('on its way to {address}');
    expect(nobody.looks[0]?.statements.length).toBeGreaterThan(3);
    expect(nobody.jobs).toBe(1);
    for (const address of [...changes.map(([known]) => known), 'known5@example.com']) {
      await stage.db.query('delete from graphile_worker._private_jobs');
      await stage.db.query('delete from instance.rate_limits');
      expect([address, await seen(address)]).toEqual([address, nobody]);
    }
  });
});

describe('10 Django CVE-2019-19844, 11 Directus CVE-2024-27295: another spelling reached somebody else’s account', () => {
  it('the mail goes to the address as it is stored, and a look-alike is an address of its own', async () => {
    await stage.addUser('mike@example.org');
    await post(await begin(), '/signup', { address: 'MIKE@Example.ORG' });
    const told = await mailTo('mike@example.org');
    expect(told.recipients).toEqual(['mike@example.org']);
    expect(told.parsed.text).toContain('You have an account already');
    for (const alike of ['mıke@example.org', 'míke@example.org', 'mike@example.örg']) {
      const sent = stage.mail.arrived.length;
      await post(await begin(), '/signup', { address: alike });
      await expect.poll(() => stage.mail.arrived.length, { timeout: 30_000 }).toBe(sent + 1);
      expect(stage.mail.arrived.at(-1)?.recipients).not.toContain('mike@example.org');
      expect(stage.mail.arrived.at(-1)?.parsed.text).not.toContain('already');
    }
  });
});

describe('9 GitLab CVE-2023-7028, 12 LogixFast CVE-2026-113616: the code went to another address too', () => {
  it.each([
    'victim@example.com,evil@example.com',
    'victim@example.com;evil@example.com',
    'victim@example.com evil@example.com',
    'victim@example.com\r\nBcc: evil@example.com',
    'victim@example.com\nevil@example.com',
    '"evil@example.com" <victim@example.com>',
    '["victim@example.com","evil@example.com"]',
    'victim@example.com\0evil@example.com',
  ])('%j is no address', async (address) => {
    const begun = await begin();
    const answer = await stage.unchanged(() => post(begun, '/signup', { address }), {
      but: ['instance.rate_limits'],
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/id="address-error".*Enter an email address on one line/);
  });

  it('two of them in one form are refused', async () => {
    const begun = await begin();
    const body = `csrf=${begun.csrf}&address=victim%40example.com&address=evil%40example.com`;
    const headers = {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      cookie: begun.cookie,
    };
    const path = `${begun.path}/signup`;
    const answer = await sendRaw(stage.server.port, { method: 'POST', path, headers, body });
    expect(answer.status).toBe(400);
  });
});

describe('13 Zitadel GHSA-2wmj-46rj-qm2w, 14 WordPress CVE-2017-8295: a header chose where a mail leads', () => {
  it('the links come from the project’s origin', async () => {
    await stage.addUser('linked@example.com');
    const headers = { forwarded: 'host=evil.example', 'x-forwarded-host': 'evil.example' };
    await post(await begin(), '/signup', { address: 'linked@example.com' }, headers);
    const { raw, parsed } = await mailTo('linked@example.com');
    expect(raw).not.toContain('evil.example');
    expect(parsed.text).toContain(`${stage.server.origin}/login`);
  });
});

describe('1 Keycloak CVE-2026-18963: a step was skipped', () => {
  it('no order of the forms makes an account without the code', async () => {
    const begun = await begin();
    const address = 'skipped@example.com';
    const password = { new_password: EVIL, address, code: '', proved: 'true', step: 'password' };
    await post(begun, '/signup/password', password);
    await post(begun, '/signup', { address });
    for (const step of ['/signup/password', '/signup/code', '/signup', '/change-password', '']) {
      await post(begun, step, { ...password, confirmation: EVIL, login_id: address, password: EVIL });
    }
    expect(await users(address)).toEqual([]);
  });

  it('what was proved in one browser is nothing to another, nor one address to the next', async () => {
    const [mine, theirs] = [await begin(), await begin()];
    await post(mine, '/signup', { address: 'mine@example.com' });
    await post(mine, '/signup/code', { code: codeIn(await mailTo('mine@example.com')) });
    // The login of another browser, by its address alone.
    const stolen = await post({ ...theirs, path: mine.path }, '/signup/password', { new_password: EVIL });
    expect(stolen.status).toBe(400);
    await post(mine, '/signup', { address: 'theirs@example.com' });
    await post(mine, '/signup/password', { new_password: EVIL });
    expect([await users('mine@example.com'), await users('theirs@example.com')]).toEqual([[], []]);
  });

  it('a form of another site is refused', async () => {
    const begun = await begin();
    const forged = await post({ ...begun, csrf: 'x' }, '/signup', { address: 'forged@example.com' });
    expect(forged.status).toBe(403);
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await post(begun, '/signup', { address: 'forged@example.com' }, headers)).status).toBe(403);
  });
});

describe('17 Nextcloud CVE-2023-35172, 22 better-auth #9993: a code was guessed, or used more than once', () => {
  it('of fifty guesses at once five are compared, and the right one is none of them', async () => {
    const begun = await begin();
    await post(begun, '/signup', { address: 'guessed@example.com' });
    const code = codeIn(await mailTo('guessed@example.com'));
    const guesses = Array.from({ length: 50 }, (_, index) => String((Number(code) + index + 1) % 1_000_000));
    const answers = await Promise.all(
      guesses.map((guess) => post(begun, '/signup/code', { code: guess.padStart(6, '0') })),
    );
    expect(answers.filter(({ status }) => status === 303)).toEqual([]);
    const { rows } = await stage.db.query(
      "select tries from codes where purpose = 'signup' order by created_at desc limit 1",
    );
    expect(rows).toEqual([{ tries: 5 }]);
    const right = await post(begun, '/signup/code', { code });
    expect([right.status, right.text.includes('Too many wrong codes')]).toEqual([429, true]);
  });

  it('thirty forms with a password at once, after the right code, make one account', async () => {
    const begun = await begin();
    const address = 'thirty@example.com';
    await post(begun, '/signup', { address });
    await post(begun, '/signup/code', { code: codeIn(await mailTo(address)) });
    await Promise.all(
      Array.from({ length: 30 }, () => post(begun, '/signup/password', { new_password: CHOSEN })),
    );
    expect(await users(address)).toHaveLength(1);
    expect(await isRight(address, CHOSEN)).toBe(true);
  });
});

describe('34 better-auth #10239: a password set before the address was verified survived its owner’s sign-in', () => {
  it('there is no password before the address is proved, so none survives', async () => {
    const address = 'owner@example.com';
    const attacker = await begin();
    await post(attacker, '/signup', { address });
    await mailTo(address);
    await post(attacker, '/signup/password', { new_password: EVIL });
    expect(await stage.tablesWith(EVIL)).toEqual([]);

    await stage.db.query('delete from instance.rate_limits');
    const owner = await begin();
    await post(owner, '/signup', { address });
    await post(owner, '/signup/code', { code: codeIn(await mailTo(address)) });
    await post(owner, '/signup/password', { new_password: CHOSEN });
    expect([await isRight(address, CHOSEN), await isRight(address, EVIL)]).toEqual([true, false]);
    await post(attacker, '/signup/password', { new_password: EVIL });
    expect(await isRight(address, EVIL)).toBe(false);
  });

  it('an address that an operator entered is never taken over, proved or not', async () => {
    const { loginID, uuid } = await stage.addUser('entered@example.com');
    const begun = await begin();
    await post(begun, '/signup', { address: loginID });
    const mail = await mailTo(loginID);
    expect(mail.parsed.text).not.toMatch(/\b\d{6}\b/);
    for (const code of ['000000', '123456', '999999']) await post(begun, '/signup/code', { code });
    await post(begun, '/signup/password', { new_password: EVIL });
    expect(await users(loginID)).toEqual([{ user_id: uuid }]);
    expect([await isRight(loginID, STAGE_PASSWORD), await isRight(loginID, EVIL)]).toEqual([true, false]);
  });
});
