import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import pg from 'pg';
import { describe, type ExpectStatic, it, type TestContext } from 'vitest';
import { ADMIN_API, type AdminClient, adminClient, mutation } from '../support/admin-client.ts';
import { testDatabase } from '../support/database.ts';
import { type Gate, startGate } from '../support/gate.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { startMailServer, type TestMailServer } from '../support/smtp.ts';
import { visitor } from '../support/visitor.ts';

const PATIENCE = { timeout: 50_000 };
const PASSWORD = 'plover hinge 41';

/** A server with one user, on a database the test can lock things in. */
interface Scene {
  server: TestServer;
  mail: TestMailServer;
  gate: Gate;
  admin: AdminClient;
  userID: string;
  /** Holds the user's row until the returned function is called: a reset waits for it in the middle. */
  holdUser(): Promise<() => Promise<void>>;
  /** Waits until so many statements of the server wait for somebody. */
  untilWaiting(count: number): Promise<void>;
  /** The messages' states and how often each was tried. */
  messages(): Promise<{ state: string; attempts: number }[]>;
}

async function openScene({ expect, onTestFinished }: TestContext): Promise<Scene> {
  const database = await testDatabase();
  onTestFinished(() => database.stop());
  const [gate, mail] = await Promise.all([startGate(database.url), startMailServer()]);
  onTestFinished(() => gate.stop());
  onTestFinished(() => mail.stop());
  const server = await startServer({
    env: {
      DATABASE_URL: gate.url,
      LATCHKEY_SECRET: 'a secret that only the tests of stopping know',
      SMTP_URL: mail.url,
    },
  });
  onTestFinished(() => server.remove());
  const admin = await adminClient(server);
  const definition = { loginID: { key: 'email', value: 'alice@example.com' } };
  const made = await admin.mutate('createUser', { definition, password: PASSWORD }, 'user { id }');

  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  onTestFinished(() => client.end());
  return {
    server,
    mail,
    gate,
    admin,
    userID: (made.user as { id: string }).id,
    async holdUser() {
      await client.query('begin');
      await client.query('select from users for update');
      return async () => void (await client.query('commit'));
    },
    async untilWaiting(count) {
      const waiting = `select 1 from pg_stat_activity
        where datname = current_database() and application_name = 'latchkey' and wait_event_type = 'Lock'`;
      await expect.poll(async () => (await client.query(waiting)).rowCount, PATIENCE).toBe(count);
    },
    messages: async () => (await client.query('select state, attempts from messages order by id')).rows,
  };
}

async function untilStopping({ server }: Scene, expect: ExpectStatic): Promise<void> {
  await expect.poll(() => server.output(), PATIENCE).toContain('"msg":"stopping"');
}

/** Sends a reset and does not wait for the answer. */
async function beginReset({ server, admin, userID }: Scene, agent?: Agent): Promise<ClientRequest> {
  const sent = request({
    host: 'localhost',
    port: server.port,
    agent,
    method: 'POST',
    path: ADMIN_API,
    headers: { authorization: `Bearer ${await admin.token()}`, 'content-type': 'application/json' },
  });
  const input = { userID, password: 'typed by hand 2026!' };
  sent.end(JSON.stringify({ query: mutation('resetPassword', 'user { id }'), variables: { input } }));
  return sent;
}

async function answerTo(sent: ClientRequest): Promise<{ status: number; connection?: string; text: string }> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode ?? 0, connection: response.headers.connection, text };
}

describe('asked to stop', { concurrent: true }, () => {
  it('answers the request under way, takes no new one, and ends with 0', async (context) => {
    const { expect } = context;
    const scene = await openScene(context);
    const agent = new Agent({ keepAlive: true });
    const release = await scene.holdUser();
    const sent = await beginReset(scene, agent);
    await scene.untilWaiting(1);
    const ended = scene.server.stop();
    await untilStopping(scene, expect);
    const another = () =>
      fetch(`${scene.server.origin}/healthz`).then(
        () => 'answered',
        () => 'refused',
      );
    await expect.poll(another, PATIENCE).toBe('refused');
    await release();
    const { status, connection, text } = await answerTo(sent);
    expect([status, JSON.parse(text).errors]).toEqual([200, undefined]);
    expect(connection).toBe('close');
    expect(await ended).toBe(0);
  });

  it('answers every login whose password is being hashed', async (context) => {
    const { expect } = context;
    const scene = await openScene(context);
    const browser = await visitor();
    const [form] = (await browser.open(`${scene.server.origin}/settings`)).forms;
    const cookies = Object.entries(await browser.cookies()).map(([name, value]) => `${name}=${value}`);
    await browser.leave();
    const answers = Array.from({ length: 60 }, (_, number) => {
      // Each of another account: of one account only ten may be wrong.
      const fields = { ...form?.fields, login_id: `nobody-${number}@example.com`, password: 'wrong' };
      const sent = request(form?.action ?? '', {
        method: 'POST',
        agent: false,
        headers: { cookie: cookies.join('; '), 'content-type': 'application/x-www-form-urlencoded' },
      });
      sent.end(`${new URLSearchParams(fields)}`);
      return { sent, answer: answerTo(sent) };
    });
    await Promise.all(answers.map(({ sent }) => sent.writableFinished || once(sent, 'finish')));
    // By the time this one is answered, the server has read all that was sent before it.
    await fetch(`${scene.server.origin}/healthz`);
    const ended = scene.server.stop();
    const statuses = await Promise.all(answers.map(async ({ answer }) => (await answer).status));
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(await ended).toBe(0);
  });

  it('finishes the mail under way, which is not sent again', async (context) => {
    const { expect } = context;
    const scene = await openScene(context);
    const { server, mail, admin, userID } = scene;
    const [begun, allowed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    mail.beforeAccepting(async () => {
      begun.resolve();
      await allowed.promise;
    });
    await admin.mutate('resetPassword', { userID, sendPassword: true }, 'user { id }');
    await begun.promise;
    const ended = server.stop();
    await untilStopping(scene, expect);
    allowed.resolve();
    expect(await ended).toBe(0);
    expect(await scene.messages()).toEqual([{ state: 'sent', attempts: 1 }]);
    expect(mail.arrived).toHaveLength(1);
  });

  it('ends at once when asked twice', async (context) => {
    const { expect } = context;
    const scene = await openScene(context);
    await scene.holdUser();
    const sent = await beginReset(scene);
    const lost = once(sent, 'response').then(
      () => 'answered',
      () => 'lost',
    );
    await scene.untilWaiting(1);
    const ended = scene.server.stop();
    await untilStopping(scene, expect);
    // Signals close together count as one, so that it may take a few until one is another.
    const impatient = setInterval(() => process.kill(scene.server.pid(), 'SIGINT'), 100);
    expect(await ended).toBe(1);
    clearInterval(impatient);
    expect(await lost).toBe('lost');
  });

  it('does not wait for ever for a statement that never ends', async (context) => {
    const { expect } = context;
    const scene = await openScene(context);
    await scene.holdUser();
    const sent = await beginReset(scene);
    sent.on('error', () => {});
    await scene.untilWaiting(1);
    expect(await scene.server.stop()).toBe(0);
  });

  it('ends while its database is gone', async (context) => {
    const { expect } = context;
    const scene = await openScene(context);
    await scene.gate.shut();
    expect(await scene.server.stop()).toBe(0);
  });

  it('ends while its database does not answer', async (context) => {
    const { expect } = context;
    const scene = await openScene(context);
    scene.gate.freeze();
    expect(await scene.server.stop()).toBe(0);
  });
});
