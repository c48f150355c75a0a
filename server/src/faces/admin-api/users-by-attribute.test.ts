import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AdminApiBench,
  adminApiBench,
  expectError,
  scene,
  userGlobalID,
} from '../../../../tests/support/admin-api.ts';
import { insertUser, normalizeLoginID } from '../../users/index.ts';

let bench: AdminApiBench;
let ada: string;

beforeAll(async () => {
  bench = await adminApiBench();
  const loginIDs = [
    normalizeLoginID('email', 'Ada@Example.com'),
    normalizeLoginID('phone', '+85251234567'),
    normalizeLoginID('username', 'ada'),
  ];
  const { clock } = bench;
  const user = await bench.db('home').transaction((tx) => insertUser(tx, { clock }, { loginIDs }, scene));
  ada = user.id;
});
afterAll(() => bench.stop());

const ask = (attributeName: string, attributeValue: string, projectID = 'home') =>
  bench.ask(
    projectID,
    `query ($attributeName: String!, $attributeValue: String!) {
      getUsersByStandardAttribute(attributeName: $attributeName, attributeValue: $attributeValue) { id }
    }`,
    { attributeName, attributeValue },
  );

describe('getUsersByStandardAttribute', () => {
  it.each([
    ['email', 'ada@example.com'],
    ['email', ' ADA@EXAMPLE.COM '],
    ['phone_number', '+852 5123 4567'],
    ['preferred_username', 'Ada'],
  ])('finds by %s %s, in any spelling that means the same', async (name, value) => {
    const { data, errors } = await ask(name, value);
    expect(errors).toBeUndefined();
    expect(data.getUsersByStandardAttribute).toEqual([{ id: userGlobalID(ada) }]);
  });

  it.each([
    ['email', 'nobody@example.com', 'home'],
    ['email', 'ada@example.com', 'shop'],
    ['preferred_username', 'adam', 'home'],
  ])('finds nobody by %s %s in %s', async (name, value, projectID) => {
    expect((await ask(name, value, projectID)).data).toEqual({ getUsersByStandardAttribute: [] });
  });

  it.each(['name', 'username', 'toString', '', 'EMAIL'])('refuses the attribute "%s"', async (name) => {
    const message = 'attributeName must be email, phone_number or preferred_username';
    expectError(await ask(name, 'ada'), ['Invalid', 'GetUsersInvalidArgument', message]);
  });

  it.each([
    ['email', 'ada'],
    ['phone_number', 'ada'],
    ['preferred_username', 'ada@example.com'],
    ['email', 'a\0@example.com'],
    ['email', ''],
  ])('refuses what can be no %s: %j', async (name, value) => {
    expectError(await ask(name, value), ['Invalid', 'GetUsersInvalidArgument', /^invalid attributeValue/]);
  });
});
