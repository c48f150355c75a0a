import { domainToASCII, domainToUnicode } from 'node:url';
import { invalidLoginID } from '../errors.ts';
import type { LoginID } from '../model.ts';
import { foldCase } from './visible-text.ts';

/** Octets, RFC 5321, section 4.5.3.1.1. */
const LONGEST_LOCAL_PART = 64;
/** Octets: a path of 256 (RFC 5321, section 4.5.3.1.3) less its angle brackets. */
const LONGEST_ADDRESS = 254;

/** What stands between the dots of a local part: atoms (RFC 5322, section 3.2.3) in all scripts (RFC 6532). */
const ATOM = /^[\w!#$%&'*+/=?^`{|}~\u0080-\u{10FFFF}-]+$/u;

/** What a domain may hold before it is mapped, which decodes "%61" and reads "0x7f.1" as a number. */
const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
/** A label of a host name (RFC 1123, section 2.1). */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const refused = (message: string) => invalidLoginID('email', message);

/** No quoted local parts: hardly anybody has one, and they hide what an address is. */
const isLocalPart = (text: string): boolean =>
  text.split('.').every((atom) => ATOM.test(atom)) && !/\p{Z}/u.test(text);

/** The ASCII form of a domain (IDNA, Unicode Technical Standard 46); undefined where it is none. */
function asciiDomain(domain: string): string | undefined {
  if (!DOMAIN.test(domain)) return undefined;
  const ascii = domainToASCII(domain);
  const labels = ascii.split('.');
  const isName = labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '');
  return isName ? ascii : undefined;
}

/**
 * An e-mail address in lower case; in the unique key the domain is in ASCII ("xn--…"), so that both ways to
 * write it are the same.
 * @throws Invalid `InvalidLoginID`
 */
export function normalizeEmail(text: string): Pick<LoginID, 'normalized' | 'uniqueKey'> {
  const at = text.lastIndexOf('@');
  const typed = text.slice(0, at);
  if (at < 0 || !isLocalPart(typed)) {
    throw refused('this is no e-mail address: write it like alice@example.com');
  }
  // "ﬁona" is another mailbox than "fiona", so neither may stand for the other.
  if (typed.normalize('NFKC') !== typed) {
    throw refused('the e-mail address holds a ligature or a similar sign: write it in plain letters');
  }
  const local = foldCase('email', typed);
  const domain = asciiDomain(foldCase('email', text.slice(at + 1)));
  if (domain === undefined) {
    throw refused('what follows the "@" of the e-mail address is no domain: write it like alice@example.com');
  }
  const uniqueKey = `${local}@${domain}`;
  if (Buffer.byteLength(local) > LONGEST_LOCAL_PART || Buffer.byteLength(uniqueKey) > LONGEST_ADDRESS) {
    throw refused(
      `the e-mail address is too long: ${LONGEST_LOCAL_PART} bytes before the "@" and ${LONGEST_ADDRESS} in all`,
    );
  }
  return { normalized: `${local}@${domainToUnicode(domain)}`, uniqueKey };
}
