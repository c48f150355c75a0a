import { LatchkeyError } from '../../platform/errors.ts';
import { LOGIN_ID_TYPES, type LoginID, type LoginIDType } from '../model.ts';
import { normalizeEmail } from './email.ts';
import { normalizePhone } from './phone.ts';
import { normalizeUsername } from './username.ts';
import { visibleText } from './visible-text.ts';

type Normalize = (text: string) => Pick<LoginID, 'normalized' | 'uniqueKey'>;

const NORMALIZERS: Record<LoginIDType, Normalize> = {
  email: normalizeEmail,
  phone: normalizePhone,
  username: normalizeUsername,
};

/**
 * Brings a text that is meant as a login id into its one spelling. Two texts that count as the same have the
 * same unique key: letters of either case, full-width letters and ligatures do, letters with and without an
 * accent don't. Doing it again changes nothing.
 *
 * @throws Invalid `InvalidLoginID` with `info.type`; the message says what to change
 */
export function normalizeLoginID(type: LoginIDType, text: string): LoginID {
  const original = visibleText(type, text);
  return { type, original, ...NORMALIZERS[type](original) };
}

/**
 * Every login id that a text could be, for looking up who signs in. Never throws: a text that can be none,
 * whatever it is, gives an empty list.
 */
export function parseLoginID(text: string): LoginID[] {
  return LOGIN_ID_TYPES.flatMap((type) => {
    try {
      return [normalizeLoginID(type, text)];
    } catch (error) {
      if (error instanceof LatchkeyError) return [];
      throw error;
    }
  });
}
