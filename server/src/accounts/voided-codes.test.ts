import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS, type TestCodes, testCodes, VISITOR } from '../../../tests/support/codes.ts';
import { COMMAND_LINE } from '../../../tests/support/passwords.ts';
import { findByToken } from '../codes/index.ts';
import { createAuthenticator, deleteAuthenticator, passwordOf } from '../passwords/index.ts';
import { deleteUser, setDisabledStatus } from './index.ts';

let test: TestCodes;
let userID: string;
let users = 0;

beforeAll(async () => {
  test = await testCodes();
});
afterAll(() => test.stop());
beforeEach(async () => {
  test.accounts.clock.advance(60 * MINUTE_MS);
  const value = `user-${++users}@example.com`;
  userID = await test.accounts.user({
    loginIDs: [{ type: 'email', value }],
    password: 'plover hinge 41',
  });
  test.people.set(value, userID);
});

/** The token of a link as it would be mailed to the user now. */
const link = async (): Promise<string> => {
  const address = `user-${users}@example.com`;
  const sent = await test.send({
    kind: 'link',
    address,
    key: `email:${address}`,
    lifetimeMs: 20 * MINUTE_MS,
  });
  return sent.secret;
};
const find = (token: string) => findByToken(test.db, test.deps, { purpose: 'recovery', token }, VISITOR);

async function setDisabled(isDisabled: boolean, inMinutes?: number): Promise<void> {
  const moment = (minutes: number) => new Date(test.accounts.clock.now().getTime() + minutes * MINUTE_MS);
  const request = {
    userID,
    isDisabled,
    reason: null,
    temporarilyDisabledFrom: inMinutes === undefined ? null : moment(inMinutes),
    temporarilyDisabledUntil: inMinutes === undefined ? null : moment(inMinutes + 5),
  };
  await setDisabledStatus(test.db, await test.accounts.deps(), request, COMMAND_LINE);
}

describe('a link that was sent before is void once', () => {
  it('the account is disabled', async () => {
    const token = await link();
    expect(await find(token)).toMatchObject({ userID });
    await setDisabled(true);
    await expect(find(token)).rejects.toMatchObject({ reason: 'InvalidCode' });
  });

  it('it is disabled for a time to come', async () => {
    const token = await link();
    await setDisabled(true, 10);
    await expect(find(token)).rejects.toMatchObject({ reason: 'InvalidCode' });
  });

  it('it is enabled again', async () => {
    await setDisabled(true);
    const token = await link();
    await setDisabled(false);
    await expect(find(token)).rejects.toMatchObject({ reason: 'InvalidCode' });
  });

  it('the password is removed, and once another is made', async () => {
    const deps = await test.accounts.deps();
    const before = await link();
    const authenticatorID = (await passwordOf(test.db, userID))?.id ?? '';
    await deleteAuthenticator(test.db, deps, { authenticatorID }, COMMAND_LINE);
    await expect(find(before)).rejects.toMatchObject({ reason: 'InvalidCode' });
    test.accounts.clock.advance(2 * MINUTE_MS);
    const between = await link();
    await createAuthenticator(test.db, deps, { userID, password: 'another passphrase 7' }, COMMAND_LINE);
    await expect(find(between)).rejects.toMatchObject({ reason: 'InvalidCode' });
  });

  it('the user is deleted', async () => {
    const token = await link();
    await deleteUser(test.db, await test.accounts.deps(), { userID, reason: null }, COMMAND_LINE);
    await expect(find(token)).rejects.toMatchObject({ reason: 'InvalidCode' });
  });
});
