import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  acting,
  DAY_MS,
  PASSWORD,
  type TestMessages,
  testMessages,
} from '../../../tests/support/messages.ts';
import { listMailbox, openMail } from './index.ts';

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

describe('without a mail server', () => {
  const none = { smtpURL: undefined };

  test('in production a message waits, and goes when one is set', async () => {
    const id = await m.enqueue();
    await m.deliver(id, none);
    const waiting = { state: 'waiting', reason: 'no mail server is set', attempts: 0, canRetry: false };
    expect(await m.status(id)).toMatchObject(waiting);
    await m.sweep(none);
    expect(await m.status(id)).toMatchObject(waiting);
    expect(await m.jobs()).toEqual([]);

    await m.projects.setSetting(await m.projects.get('acme'), 'messages.smtp_url', m.server.url, acting);
    await m.sweep(none);
    expect(await m.status(id)).toMatchObject({ state: 'queued' });
    expect(await m.jobs()).toHaveLength(1);
    await m.deliver(id, none);
    expect(await m.status(id)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  test('elsewhere the mailbox keeps it, sealed, for a day', async () => {
    const id = await m.enqueue();
    await m.deliver(id, { smtpURL: undefined, production: false });
    expect(await m.status(id)).toMatchObject({ state: 'sent' });
    expect((await m.row(id)).secret_sealed).toBeNull();

    const mails = await listMailbox(m.acme, m.clock);
    expect(mails).toEqual([
      {
        id: expect.any(String),
        recipient: 'ada@example.com',
        subject: 'Your new password for acme',
        createdAt: m.clock.now(),
        expiresAt: new Date(m.clock.now().getTime() + DAY_MS),
      },
    ]);
    const [mail] = mails;
    const stored = await m.db.database.acrossProjects.selectFrom('mailbox').selectAll().execute();
    expect(JSON.stringify(stored)).not.toContain(PASSWORD);
    const opened = await openMail(m.acme, m, mail?.id ?? '', acting);
    expect(opened.text).toContain(PASSWORD);
    expect(opened.html).toContain('Tr0ub4dor&amp;3');
    expect(Object.keys(opened).sort()).toEqual(
      ['createdAt', 'expiresAt', 'html', 'id', 'recipient', 'subject', 'text'].sort(),
    );
    expect((await m.audited())[0]).toMatchObject({
      activityType: 'MAILBOX_OPENED',
      actor: { type: 'command_line' },
      data: { mail_id: mail?.id, recipient: 'ada@example.com' },
    });

    m.clock.advance(DAY_MS);
    expect(await listMailbox(m.acme, m.clock)).toEqual([]);
    await expect(openMail(m.acme, m, mail?.id ?? '', acting)).rejects.toMatchObject({
      kind: 'NotFound',
      reason: 'MailNotFound',
    });
    await m.sweep();
    expect(await m.db.database.acrossProjects.selectFrom('mailbox').selectAll().execute()).toEqual([]);
  });
});
