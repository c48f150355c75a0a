import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertUserRow } from '../../../tests/support/database.ts';
import {
  acting,
  DAY_MS,
  PASSWORD,
  type TestMessages,
  testMessages,
} from '../../../tests/support/messages.ts';
import { userStore } from '../users/index.ts';
import { retryMessage, supersedeMessages } from './index.ts';

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

describe('a message whose password is not the newest', () => {
  test('is never sent, and loses it', async () => {
    const id = await m.enqueue();
    await userStore(m.acme).raisePasswordVersion(m.userID);
    await m.deliver(id);
    expect(await m.status(id)).toMatchObject({ state: 'superseded', canRetry: false });
    expect((await m.row(id)).secret_sealed).toBeNull();
    expect(m.server.arrived).toEqual([]);
  });

  test('is superseded in the act that writes the newer one, whether queued, waiting or failed', async () => {
    const queued = await m.enqueue();
    const failed = await m.enqueue();
    m.server.refuse('550 no');
    await m.deliver(failed);
    const notice = await m.enqueue({
      type: 'password_changed',
      payload: { loginID: 'ada@example.com' },
      secret: undefined,
      passwordVersion: undefined,
    });
    const elsewhere = await insertUserRow(m.db.database, 'acme');
    const others = await m.enqueue({ userID: elsewhere });

    await m.acme.transaction((tx) => supersedeMessages(tx, m.clock, m.userID));
    for (const id of [queued, failed]) {
      expect(await m.status(id)).toMatchObject({ state: 'superseded', reason: 'a newer password exists' });
      expect((await m.row(id)).secret_sealed).toBeNull();
    }
    await expect(retryMessage(m.acme, { clock: m.clock }, failed, acting)).rejects.toMatchObject({
      kind: 'Invalid',
      reason: 'MessageNotRetriable',
    });
    expect((await m.status(notice)).state).toBe('queued');
    expect((await m.status(others)).state).toBe('queued');
  });

  test('loses it while it is on its way, and is not sent a second time', async () => {
    const id = await m.enqueue();
    m.server.refuse('451 try later');
    m.server.beforeAccepting(async () => {
      await m.acme.transaction(async (tx) => {
        await userStore(tx).raisePasswordVersion(m.userID);
        await supersedeMessages(tx, m.clock, m.userID);
      });
    });
    await m.deliver(id);
    expect((await m.row(id)).secret_sealed).toBeNull();
    await m.deliver(id);
    expect(await m.status(id)).toMatchObject({ state: 'superseded' });
    expect(m.server.arrived).toEqual([]);
  });
});

describe('a secret that is a day old', () => {
  test('is erased by the sweep, and what was unsent has failed', async () => {
    const unsent = await m.enqueue();
    const failed = await m.enqueue();
    m.server.refuse('550 no');
    await m.deliver(failed);
    m.clock.advance(DAY_MS - 1);
    await m.sweep();
    expect((await m.row(unsent)).secret_sealed).not.toBeNull();
    expect((await m.status(failed)).canRetry).toBe(true);

    m.clock.advance(1);
    expect((await m.status(failed)).canRetry).toBe(false);
    await m.sweep();
    for (const id of [unsent, failed]) {
      expect((await m.row(id)).secret_sealed).toBeNull();
      expect(await m.status(id)).toMatchObject({ state: 'failed', canRetry: false });
      await expect(retryMessage(m.acme, { clock: m.clock }, id, acting)).rejects.toMatchObject({
        reason: 'MessageNotRetriable',
        message: expect.stringContaining('reset the password again'),
      });
    }
    expect((await m.status(unsent)).reason).toContain('was erased');
    expect((await m.status(failed)).reason).toBe('550 no');
    expect((await m.audited())[0]).toMatchObject({
      activityType: 'EMAIL_ERROR',
      data: { message_id: unsent },
    });
  });

  test('is not sent, even before the sweep', async () => {
    const id = await m.enqueue();
    m.clock.advance(DAY_MS);
    await m.deliver(id);
    expect(await m.status(id)).toMatchObject({ state: 'failed', canRetry: false });
    expect((await m.row(id)).secret_sealed).toBeNull();
    expect(m.server.arrived).toEqual([]);
  });
});
