import fc from 'fast-check';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { acting, PASSWORD, type TestMessages, testMessages } from '../../../tests/support/messages.ts';
import { systemClock } from '../platform/clock.ts';
import { createJobRunner } from '../platform/jobs/index.ts';
import { createMessageTasks, enqueueMessage, listMessages, type MessageTaskDeps } from './index.ts';

let m: TestMessages;
beforeAll(async () => {
  m = await testMessages();
});
beforeEach(() => m.begin());
afterEach(async () => {
  expect(m.logged()).not.toContain(PASSWORD);
  await m.end();
});
afterAll(() => m?.stop());

describe('a message that is delivered', () => {
  test('arrives with the password, for its one recipient, marked as automatic', async () => {
    const id = await m.enqueue();
    expect(await m.status(id)).toMatchObject({ state: 'queued', attempts: 0, canRetry: false });
    await m.deliver(id);

    const { parsed, recipients } = await m.server.next();
    expect(recipients).toEqual(['ada@example.com']);
    expect(parsed.subject).toBe('Your new password for acme');
    expect(parsed.from?.value).toEqual([{ name: 'acme', address: 'no-reply@acme.test' }]);
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(parsed.messageId).toBe(`<${id}@acme.test>`);
    expect(parsed.text?.split('\n')).toContain(PASSWORD);
    expect(parsed.text).toContain(
      'An administrator of acme changed the password of your account ada@example.com.',
    );
    expect(parsed.text).toContain('You will be asked to choose a password of your own');
    expect(parsed.text).toContain('Sign in: http://acme.test/login');
    expect(parsed.html).toContain('Tr0ub4dor&amp;3');
    expect(parsed.html).toContain('href="http://acme.test/login"');
    expect(parsed.attachments).toEqual([]);
  });

  test('is recorded, loses its secret, and is not sent again', async () => {
    const id = await m.enqueue();
    await m.deliver(id);
    expect(await m.status(id)).toMatchObject({
      state: 'sent',
      reason: null,
      attempts: 1,
      sentAt: m.clock.now(),
      canRetry: false,
    });
    expect((await m.row(id)).secret_sealed).toBeNull();
    const [entry, ...more] = await m.audited();
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      activityType: 'EMAIL_SENT',
      userID: m.userID,
      actor: { type: 'system' },
      data: { message_id: id, type: 'password_reset_by_admin', recipient: 'ada@example.com' },
    });

    await m.deliver(id);
    expect(m.server.arrived).toHaveLength(1);
    expect(await m.audited()).toHaveLength(1);
  });

  test('is sent once when two workers have it at the same time', async () => {
    const id = await m.enqueue();
    await Promise.all([m.deliver(id), m.deliver(id)]);
    expect(m.server.arrived).toHaveLength(1);
    expect((await m.status(id)).attempts).toBe(1);
  });

  test('carries any password exactly as it is', async () => {
    const password = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 128 })
      .filter((text) => text.isWellFormed() && !/[\p{Cc}\u2028\u2029]/u.test(text));
    const samples = [
      ' starts and ends with blanks ',
      '  two  blanks',
      '.',
      'From here',
      '=3D',
      '<b>&amp;</b>',
    ];
    await fc.assert(
      fc.asyncProperty(password, async (secret) => {
        const id = await m.enqueue({ secret });
        await m.deliver(id);
        const { parsed } = await m.server.next();
        const [, , , , ...rest] = (parsed.text ?? '').split('\n');
        expect(rest[0]).toBe(secret);
      }),
      { numRuns: 12, examples: samples.map((text) => [text]) },
    );
  });

  test('speaks the language of the user, or the nearest one there are words in', async () => {
    await m.deliver(await m.enqueue({ locale: 'de-AT' }));
    expect((await m.server.next()).parsed.subject).toBe('Ihr neues Passwort für acme');
    await m.deliver(await m.enqueue({ locale: 'tlh' }));
    expect((await m.server.next()).parsed.subject).toBe('Your new password for acme');
  });

  test('goes by the project’s own mail m.server, sender and color', async () => {
    const project = await m.projects.get('acme');
    await m.projects.setSetting(project, 'messages.smtp_url', m.server.url, acting);
    await m.projects.setSetting(project, 'messages.sender_name', 'Acme, "the" Café', acting);
    await m.projects.setSetting(project, 'messages.sender_address', 'help@acme.example', acting);
    await m.projects.setSetting(project, 'branding.primary_color', '#ffcc00', acting);
    await m.deliver(await m.enqueue(), { smtpURL: undefined });
    const { parsed } = await m.server.next();
    expect(parsed.from?.value).toEqual([{ name: 'Acme, "the" Café', address: 'help@acme.example' }]);
    expect(parsed.html).toContain('background-color:#ffcc00;color:#000000');
  });

  test('is committed with the act that causes it, or not at all, and found by the job runner', async () => {
    const failed = m.acme.transaction(async (tx) => {
      await enqueueMessage(tx, m, {
        type: 'test',
        payload: {},
        userID: m.userID,
        recipient: 'ada@example.com',
        locale: null,
      });
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect(await listMessages(m.acme, m.clock, { userID: m.userID })).toEqual([]);
    expect(await m.jobs()).toEqual([]);

    const runner = createJobRunner({
      url: m.db.url,
      database: m.db.database,
      clock: systemClock,
      log: m.log,
      tasks: createMessageTasks(m.deps()),
    });
    await runner.start();
    const id = await m.enqueue();
    expect((await m.server.next()).parsed.messageId).toBe(`<${id}@acme.test>`);
    await runner.stop();
    expect((await m.status(id)).state).toBe('sent');
    expect(await m.jobs()).toEqual([]);
  });

  test('is not sent again when the database was away while it went out', async () => {
    const id = await m.enqueue();
    const name = new URL(m.db.url).pathname.slice(1);
    const maintenance = new pg.Client({ connectionString: inject('postgresURL') });
    await maintenance.connect();
    const isBack = Promise.withResolvers<void>();
    const allow = (answer: boolean) =>
      maintenance.query(`alter database ${name} with allow_connections ${answer}`);
    m.server.beforeAccepting(async () => {
      await allow(false);
      await maintenance.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        name,
      ]);
    });
    const delivered = createMessageTasks({
      ...m.deps(),
      log: Object.assign(Object.create(m.log), {
        warn: () => void allow(true).then(() => isBack.resolve()),
      }) as MessageTaskDeps['log'],
    }).deliver_message?.({ projectID: 'acme', messageID: id }, { id: 'job' });
    await delivered;
    await isBack.promise;
    await maintenance.end();
    expect(await m.status(id)).toMatchObject({ state: 'sent', attempts: 1 });
    expect(m.server.arrived).toHaveLength(1);
  });
});

describe('where the secret stands', () => {
  test('is the sealed field of the row, and nowhere else', async () => {
    const id = await m.enqueue();
    const stored = await m.row(id);
    expect(m.secrets.open(`message:acme:${id}`, stored.secret_sealed ?? '').toString()).toBe(PASSWORD);
    expect(JSON.stringify(stored)).not.toContain(PASSWORD);
    expect(await m.jobs()).toMatchObject([{ payload: { projectID: 'acme', messageID: id } }]);
    expect(JSON.stringify(await m.jobs())).not.toContain(PASSWORD);
    await m.deliver(id);
    expect(JSON.stringify([await m.audited(), await m.jobs(), await m.status(id)])).not.toContain(PASSWORD);
  });

  test('is not the reason, should a server repeat it', async () => {
    const id = await m.enqueue();
    m.server.refuse(`554 no mail with ${PASSWORD} in it`);
    await m.deliver(id);
    expect((await m.status(id)).reason).toBe('554 no mail with [hidden] in it');
    expect(JSON.stringify(await m.audited())).not.toContain(PASSWORD);
  });
});
