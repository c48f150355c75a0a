import { createRequire } from 'node:module';
import { invalidLoginID } from '../errors.ts';
import type { LoginID } from '../model.ts';

/** A plus sign, then digits of any script with what people put between them. */
const FORM = /^\+[\p{Nd}\p{Zs}\p{Pd}()./]{4,50}$/u;

const require = createRequire(import.meta.url);

/** Loaded at the first number: it brings some megabytes of tables that many installations never need. */
const library = (): typeof import('libphonenumber-js/min') => require('libphonenumber-js/min');

const refused = (message: string) => invalidLoginID('phone', message);

/**
 * A phone number in E.164. It has to be a possible one, of a length its country uses; whether its range is
 * in use is not asked, for new ones are opened faster than tables are brought up to date.
 * @throws Invalid `InvalidLoginID`
 */
export function normalizePhone(text: string): Pick<LoginID, 'normalized' | 'uniqueKey'> {
  const plain = text.normalize('NFKC');
  if (!FORM.test(plain)) {
    throw refused('a phone number has a "+", the country code and digits, such as +49 170 1234567');
  }
  const number = library().parsePhoneNumberFromString(plain, { extract: false });
  if (!number?.isPossible() || number.ext !== undefined) {
    throw refused('there is no such phone number: check the country code and the number of digits');
  }
  return { normalized: number.number, uniqueKey: number.number };
}
