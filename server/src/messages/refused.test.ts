import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { acting, PASSWORD, type TestMessages, testMessages } from '../../../tests/support/messages.ts';
import { startMailServer } from '../../../tests/support/smtp.ts';
import { createSecrets } from '../platform/secrets.ts';
import { createMessageTasks, retryMessage } from './index.ts';

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

const inSeconds = (seconds: number): Date => new Date(m.clock.now().getTime() + seconds * 1000);

describe('a message that a mail server refuses', () => {
  test('for good has failed, in the words of the m.server, and can be retried', async () => {
    const id = await m.enqueue();
    m.server.refuse('550 5.1.1 no such user here');
    await m.deliver(id);
    expect(await m.status(id)).toMatchObject({
      state: 'failed',
      reason: '550 5.1.1 no such user here',
      attempts: 1,
      canRetry: true,
    });
    expect((await m.audited())[0]).toMatchObject({
      activityType: 'EMAIL_ERROR',
      data: { recipient: 'ada@example.com', reason: '550 5.1.1 no such user here' },
    });
    expect(await m.jobs()).toEqual([]);

    await retryMessage(m.acme, { clock: m.clock }, id, acting);
    expect(await m.status(id)).toMatchObject({ state: 'queued' });
    expect(await m.jobs()).toHaveLength(1);
    await m.deliver(id);
    expect(await m.status(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect((await m.audited()).map(({ activityType }) => activityType)).toEqual([
      'EMAIL_SENT',
      'MESSAGE_RETRIED',
      'EMAIL_ERROR',
    ]);
  });

  test('for now is tried again later under the same Message-ID, six times in about an hour', async () => {
    const id = await m.enqueue();
    const pauses = [15, 60, 300, 900, 2400];
    for (const [index, seconds] of pauses.entries()) {
      m.server.refuse('451 try later');
      await m.deliver(id);
      expect(await m.status(id)).toMatchObject({
        state: 'queued',
        reason: '451 try later',
        attempts: index + 1,
        canRetry: true,
      });
      expect((await m.jobs()).map((job) => job.run_at)).toEqual([inSeconds(seconds)]);
      m.clock.advance(seconds * 1000);
    }
    expect(await m.audited()).toEqual([]);
    m.server.refuse('451 try later');
    await m.deliver(id);
    expect(await m.status(id)).toMatchObject({ state: 'failed', reason: '451 try later', attempts: 6 });
    expect(await m.jobs()).toEqual([]);
    expect((await m.audited())[0]).toMatchObject({ activityType: 'EMAIL_ERROR' });

    await retryMessage(m.acme, { clock: m.clock }, id, acting);
    m.server.refuse('451 try later');
    await m.deliver(id);
    expect((await m.jobs()).map((job) => job.run_at)).toEqual([inSeconds(15)]);
    await m.deliver(id);
    const { parsed } = await m.server.next();
    expect(parsed.messageId).toBe(`<${id}@acme.test>`);
  });

  test('because there is none is tried again later', async () => {
    const id = await m.enqueue();
    const { url } = m.server;
    await m.server.stop();
    await m.deliver(id, { smtpURL: url });
    expect(await m.status(id)).toMatchObject({
      state: 'queued',
      reason: expect.stringContaining('ECONNREFUSED'),
      attempts: 1,
    });
    expect(await m.jobs()).toHaveLength(1);
    m.server = await startMailServer();
  });

  test('can be sent now instead of later', async () => {
    const id = await m.enqueue();
    m.server.refuse('451 try later');
    await m.deliver(id);
    await retryMessage(m.acme, { clock: m.clock }, id, acting);
    const [job, ...more] = await m.jobs();
    expect(more).toEqual([]);
    expect(job?.run_at.getTime()).not.toBe(inSeconds(15).getTime());
  });
});

describe('a worker that dies while it sends', () => {
  test('leaves a message that the same job takes up again, and no other', async () => {
    const id = await m.enqueue();
    const died = new Error('killed');
    await expect(
      createMessageTasks({
        ...m.deps(),
        projects: { ...m.projects, settings: () => Promise.reject(died) },
      }).deliver_message?.({ projectID: 'acme', messageID: id }, { id: 'the job' }),
    ).rejects.toBe(died);
    expect(await m.status(id)).toMatchObject({ state: 'sending', attempts: 1, canRetry: false });

    await m.deliver(id, {}, 'another job');
    expect(m.server.arrived).toEqual([]);
    await m.deliver(id, {}, 'the job');
    expect((await m.server.next()).parsed.messageId).toBe(`<${id}@acme.test>`);
    expect(await m.status(id)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  test('leaves a message that the sweep takes up when the job is lost, too', async () => {
    const id = await m.enqueue();
    await m.db.database.acrossProjects
      .updateTable('messages')
      .set({ state: 'sending', job_id: 'lost', attempts: 1 })
      .execute();
    await sql`delete from graphile_worker._private_jobs`.execute(m.db.database.kysely);
    m.clock.advance(10 * 60_000);
    await m.sweep();
    expect(await m.jobs()).toEqual([]);
    m.clock.advance(1);
    await m.sweep();
    expect(await m.jobs()).toMatchObject([{ payload: { messageID: id } }]);
    await m.deliver(id);
    expect(await m.status(id)).toMatchObject({ state: 'sent' });
  });

  test('time after time makes the message fail, not the server', async () => {
    const id = await m.enqueue();
    await m.db.database.acrossProjects
      .updateTable('messages')
      .set({ state: 'sending', job_id: 'the job', attempts: 6 })
      .execute();
    await m.deliver(id, {}, 'the job');
    expect(await m.status(id)).toMatchObject({ state: 'failed', canRetry: true });
    expect(m.server.arrived).toEqual([]);
  });
});

test('a message that was sealed under a secret nobody has any more fails and says so', async () => {
  const id = await m.enqueue();
  const secrets = createSecrets('another secret, long enough to be one');
  await createMessageTasks({ ...m.deps(), secrets }).deliver_message?.(
    { projectID: 'acme', messageID: id },
    { id: 'job' },
  );
  expect(await m.status(id)).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('LATCHKEY_SECRET'),
  });
});
