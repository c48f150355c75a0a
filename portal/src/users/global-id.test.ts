import { expect, test } from 'vitest';
import { idBehind, isSameID } from './global-id.ts';

const UUID = '0199aaaa-0000-7000-8000-000000000001';
const GLOBAL = Buffer.from(`User:${UUID}`).toString('base64url');

test('finds the id behind a global one', () => {
  expect(idBehind(GLOBAL)).toBe(UUID);
});

test.each(['', 'not base64 !', UUID, btoa('no colon')])('finds none behind %j', (text) => {
  expect(idBehind(text)).toBeUndefined();
});

test('both forms of an id are the same, others are not', () => {
  expect(isSameID(GLOBAL, UUID)).toBe(true);
  expect(isSameID(UUID, GLOBAL)).toBe(true);
  expect(isSameID(GLOBAL, UUID.replace('1', '2'))).toBe(false);
});
