import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { acting, PASSWORD, type TestMessages, testMessages } from '../../../tests/support/messages.ts';
import {
  createMessageTasks,
  listMailbox,
  listMessages,
  messageStatus,
  type NewMessage,
  openMail,
  retryMessage,
  supersedeMessages,
} from './index.ts';

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

test('nothing of a project is seen or done from another one', async () => {
  const other = m.other;
  const id = await m.enqueue();
  await m.deliver(id, { smtpURL: undefined, production: false });
  const [mail] = await listMailbox(m.acme, m.clock);
  const failed = await m.enqueue();
  m.server.refuse('550 no');
  await m.deliver(failed);

  expect(await messageStatus(other, m.clock, id)).toBeUndefined();
  expect(await listMessages(other, m.clock, { userID: m.userID })).toEqual([]);
  expect(await listMailbox(other, m.clock)).toEqual([]);
  await expect(openMail(other, m, mail?.id ?? '', acting)).rejects.toMatchObject({
    reason: 'MailNotFound',
  });
  await expect(retryMessage(other, { clock: m.clock }, failed, acting)).rejects.toMatchObject({
    kind: 'NotFound',
    reason: 'MessageNotFound',
  });
  await other.transaction((tx) => supersedeMessages(tx, m.clock, m.userID));
  expect(await m.status(failed)).toMatchObject({ state: 'failed', canRetry: true });
  const queued = await m.enqueue();
  await createMessageTasks(m.deps()).deliver_message?.(
    { projectID: 'other', messageID: queued },
    { id: 'job' },
  );
  expect((await m.status(queued)).state).toBe('queued');
});

test('ids that are none find nothing', async () => {
  expect(await messageStatus(m.acme, m.clock, 'nonsense')).toBeUndefined();
  expect(await listMessages(m.acme, m.clock, { userID: 'nonsense' })).toEqual([]);
  await expect(openMail(m.acme, m, 'nonsense', acting)).rejects.toMatchObject({
    reason: 'MailNotFound',
  });
});

test('messages to a user are listed with the newest first', async () => {
  const first = await m.enqueue();
  m.clock.advance(1);
  const second = await m.enqueue({ type: 'test', payload: {}, secret: undefined } as Partial<NewMessage>);
  expect((await listMessages(m.acme, m.clock, { userID: m.userID })).map(({ id }) => id)).toEqual([
    second,
    first,
  ]);
});
