import { expect, it } from 'vitest';
import { formattedName } from './index.ts';

it.each([
  [{ name: 'Ada Lovelace' }, 'Ada Lovelace'],
  [{ name: 'Ada Lovelace', given_name: 'Augusta' }, 'Ada Lovelace'],
  [{ given_name: 'Ada', middle_name: 'King', family_name: 'Lovelace' }, 'Ada King Lovelace'],
  [{ family_name: 'Lovelace' }, 'Lovelace'],
  [{ given_name: '小明', family_name: '王' }, '王小明'],
  [{ name: 'Ada', nickname: 'Countess' }, 'Ada (Countess)'],
  [{ nickname: 'Countess' }, 'Countess'],
  [{ name: ' ', given_name: 7, nickname: null }, ''],
  [{}, ''],
])('calls a user with %j "%s"', (standardAttributes, name) => {
  expect(formattedName({ standardAttributes }, [])).toBe(name);
});

it('calls a user without a name by e-mail address, phone number or username', () => {
  const nameless = { standardAttributes: {} };
  const username = { type: 'username', normalized: 'ada' } as const;
  const phone = { type: 'phone', normalized: '+12025550100' } as const;
  const emails = ['ada@example.com', 'later@example.com'].map(
    (normalized) => ({ type: 'email', normalized }) as const,
  );
  expect(formattedName(nameless, [username, phone, ...emails])).toBe('ada@example.com');
  expect(formattedName(nameless, [username, phone])).toBe('+12025550100');
  expect(formattedName(nameless, [username])).toBe('ada');
  expect(formattedName({ standardAttributes: { name: 'Ada' } }, emails)).toBe('Ada');
});
