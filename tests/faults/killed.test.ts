import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import pg from 'pg';
import { describe, it, type TestContext } from 'vitest';
import { databaseURL } from '../../server/src/platform/embedded-postgres/connection.ts';
import { findPlace } from '../../server/src/platform/embedded-postgres/place.ts';
import { adminClient } from '../support/admin-client.ts';
import { filesWithClear, tablesWithClear } from '../support/clear-text.ts';
import { testDatabase } from '../support/database.ts';
import { passwordIn } from '../support/login.ts';
import { freePort, startServer, type TestServer } from '../support/server.ts';
import { type ArrivedMail, startMailServer, type TestMailServer } from '../support/smtp.ts';
import { visitor } from '../support/visitor.ts';

const ALICE = 'alice@example.com';
/** A dead server's jobs are free after ten seconds of silence, at the sweep after that. */
const PATIENCE = { timeout: 50_000 };

/** A server with one user, who has an e-mail address. */
interface Scene {
  server: TestServer;
  /** Where the server's database is; of the embedded one, while it runs. */
  url(): string;
  /** Starts another server on the same database, which has to be an external one. */
  startAnother(): Promise<TestServer>;
  /** Has a password generated and mailed; the server may be killed before it has answered. */
  reset(): Promise<void>;
  /** The rows of the messages, the oldest first. */
  messages(): Promise<{ state: string; attempts: number; isSealed: boolean }[]>;
}

async function openScene(
  { onTestFinished }: TestContext,
  isExternal: boolean,
  smtpURL: string,
): Promise<Scene> {
  const own: Record<string, string> = { SMTP_URL: smtpURL };
  if (isExternal) {
    const database = await testDatabase();
    onTestFinished(() => database.stop());
    own.DATABASE_URL = database.url;
    own.LATCHKEY_SECRET = 'a secret that only the tests of killed servers know';
  }
  const start = async (): Promise<TestServer> => {
    const started = await startServer({ env: own });
    onTestFinished(() => started.remove());
    return started;
  };
  const server = await start();
  const admin = await adminClient(server);
  const { userID } = await server.json<{ userID: string }>(['users', 'create', '--email', ALICE]);
  const url = () => own.DATABASE_URL ?? databaseURL(findPlace(server.dataDir)) ?? '';
  return {
    server,
    url,
    startAnother: start,
    async reset() {
      const input = { userID, sendPassword: true, setPasswordExpired: true };
      await admin.mutate('resetPassword', input, 'user { id }').catch(() => {});
    },
    async messages() {
      const client = new pg.Client({ connectionString: url() });
      await client.connect();
      const { rows } = await client.query(
        'select state, attempts, secret_sealed is not null as "isSealed" from messages order by id',
      );
      await client.end();
      return rows;
    },
  };
}

async function openMailServer({ onTestFinished }: TestContext, port?: number): Promise<TestMailServer> {
  const mail = await startMailServer(port);
  onTestFinished(() => mail.stop());
  return mail;
}

/** Kills whoever is delivering the first mail, in the middle of it; `accepted` says what it was told then. */
function killDuringDelivery(mail: TestMailServer, kill: () => Promise<void>, accepted: boolean) {
  const { promise, resolve } = Promise.withResolvers<ParsedMail>();
  let isFirst = true;
  mail.beforeAccepting(async (raw) => {
    if (!isFirst) return;
    isFirst = false;
    await kill();
    resolve(await simpleParser(raw));
    if (!accepted) throw new Error('nobody is there to be told');
  });
  return promise;
}

async function expectPasswordWorks(
  { expect, onTestFinished }: TestContext,
  server: TestServer,
  password: string,
): Promise<void> {
  const browser = await visitor();
  onTestFinished(() => browser.leave());
  const page = await browser.signIn(await browser.open(`${server.origin}/settings`), ALICE, password);
  expect(page.heading).toBe('Change your password');
}

const asMail = (parsed: ParsedMail): ArrivedMail => ({ parsed, raw: '', recipients: [] });

for (const isExternal of [false, true]) {
  const where = isExternal ? 'an external database' : 'the embedded database';
  describe(`killed between commit and delivery, on ${where}`, { concurrent: true }, () => {
    it('delivers after the restart, and the password works', async (context) => {
      const { expect } = context;
      const mail = await openMailServer(context);
      const { server, url, reset, messages } = await openScene(context, isExternal, mail.url);
      const killed = killDuringDelivery(mail, () => server.kill(), false);
      await reset();
      const attempt = await killed;
      expect(attempt.messageId).toMatch(/@localhost>$/);
      const password = passwordIn(asMail(attempt));
      expect(mail.arrived).toEqual([]);
      expect(await messages()).toEqual([{ state: 'sending', attempts: 1, isSealed: true }]);
      expect(await tablesWithClear(url(), password)).toEqual([]);
      expect(await filesWithClear(server.dataDir, password)).toEqual([]);

      await server.start();
      const { parsed } = await mail.next();
      expect(parsed.messageId).toBe(attempt.messageId);
      expect(passwordIn(asMail(parsed))).toBe(password);
      await expect.poll(messages, PATIENCE).toEqual([{ state: 'sent', attempts: 2, isSealed: false }]);
      await expectPasswordWorks(context, server, password);
      expect(mail.arrived).toHaveLength(1);
      expect(await tablesWithClear(url(), password)).toEqual([]);
      expect(await filesWithClear(server.dataDir, password)).toEqual([]);
      expect(server.output()).not.toContain(password);
    });

    it('delivers the same once more where the mail server took it and nobody could note it', async (context) => {
      const { expect } = context;
      const mail = await openMailServer(context);
      const { server, reset, messages } = await openScene(context, isExternal, mail.url);
      const killed = killDuringDelivery(mail, () => server.kill(), true);
      await reset();
      await killed;
      await server.start();
      const [first, second] = [await mail.next(), await mail.next()];
      expect(second.parsed.messageId).toBe(first.parsed.messageId);
      expect(second.parsed.text).toBe(first.parsed.text);
      await expect.poll(messages, PATIENCE).toEqual([{ state: 'sent', attempts: 2, isSealed: false }]);
      await expectPasswordWorks(context, server, passwordIn(second));
    });

    it('delivers what was committed while no server ran', async (context) => {
      const { expect } = context;
      const mail = await openMailServer(context);
      const { server } = await openScene(context, isExternal, mail.url);
      await server.kill();
      const { password } = await server.json<{ password: string }>([
        ...['users', 'reset-password', ALICE, '--generate', '--send', '--expire'],
      ]);
      expect(mail.arrived).toEqual([]);
      await server.start();
      expect(passwordIn(await mail.next())).toBe(password);
    });

    it('delivers once the mail server is back, where nobody listened before the kill', async (context) => {
      const { expect } = context;
      const port = await freePort();
      const { server, reset, messages } = await openScene(context, isExternal, `smtp://127.0.0.1:${port}`);
      await reset();
      await expect.poll(messages, PATIENCE).toMatchObject([{ state: 'queued', attempts: 1, isSealed: true }]);
      await server.kill();
      const mail = await openMailServer(context, port);
      await server.start();
      await expectPasswordWorks(context, server, passwordIn(await mail.next()));
    });

    if (!isExternal) {
      it('delivers after a power failure took the embedded database down along with the server', async (context) => {
        const { expect } = context;
        const mail = await openMailServer(context);
        const { server, reset } = await openScene(context, false, mail.url);
        const file = join(server.dataDir, 'postgres/cluster/postmaster.pid');
        const postmaster = Number((await readFile(file, 'utf8')).split('\n')[0]);
        const killed = killDuringDelivery(
          mail,
          async () => {
            process.kill(postmaster, 'SIGKILL');
            await server.kill();
          },
          false,
        );
        await reset();
        const attempt = await killed;
        expect(attempt.messageId).toMatch(/@localhost>$/);
        await server.start();
        const { parsed } = await mail.next();
        expect(parsed.messageId).toBe(attempt.messageId);
        await expectPasswordWorks(context, server, passwordIn(asMail(parsed)));
      });
    }

    if (isExternal) {
      it('has another server on the database deliver, without a restart', async (context) => {
        const { expect } = context;
        const mail = await openMailServer(context);
        const { server, startAnother, reset, url } = await openScene(context, true, mail.url);
        const another = await startAnother();
        const servers = [server, another];
        const workerOf = async (): Promise<TestServer | undefined> => {
          const client = new pg.Client({ connectionString: url() });
          await client.connect();
          const { rows } = await client.query(
            'select locked_by from graphile_worker.jobs where locked_by is not null',
          );
          await client.end();
          return servers.find(({ pid }) =>
            rows.some(({ locked_by }) => String(locked_by).split(':')[1] === `${pid()}`),
          );
        };
        let victim: TestServer | undefined;
        const killed = killDuringDelivery(
          mail,
          async () => {
            victim = await workerOf();
            await victim?.kill();
          },
          false,
        );
        await reset();
        const attempt = await killed;
        expect(attempt.messageId).toMatch(/@localhost>$/);
        expect(victim).toBeDefined();
        const { parsed } = await mail.next();
        expect(parsed.messageId).toBe(attempt.messageId);
        const survivor = servers.find((candidate) => candidate !== victim) as TestServer;
        await expectPasswordWorks(context, survivor, passwordIn(asMail(parsed)));
      });
    }
  });
}
