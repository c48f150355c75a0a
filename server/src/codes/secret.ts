import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { randomToken } from '../platform/ids.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { CodePurpose } from './model.ts';

const DIGITS = 6;
/** 192 bits, in 32 characters. */
const TOKEN_BYTES = 24;

const CODE = /^[0-9]{6}$/;
const TOKEN = /^[A-Za-z0-9_-]{32}$/;
/** What people, and phones that read a code aloud, put between the digits. */
const BETWEEN = /[\s-]+/g;
/** A code with more around it than anybody types is none. */
const LONGEST_TYPED = 40;

/** Six digits, each as likely as any other, from the system's secure random source. */
export const newCode = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');

/** What a link carries, and an attempt's id: 32 characters that nobody can guess. */
export const newToken = (): string => randomToken(TOKEN_BYTES);

/** The six digits in what was typed; undefined where it is anything else, whatever it is. */
export function readCode(typed: unknown): string | undefined {
  if (typeof typed !== 'string' || typed.length > LONGEST_TYPED) return undefined;
  const digits = typed.replace(BETWEEN, '');
  return CODE.test(digits) ? digits : undefined;
}

/** The token as it was made; undefined where it was cut short, or is anything else, whatever it is. */
export const readToken = (given: unknown): string | undefined =>
  typeof given === 'string' && TOKEN.test(given) ? given : undefined;

/** The one attempt and purpose that a code counts for. */
export interface CodeScope {
  projectID: string;
  purpose: CodePurpose;
  attemptID: string;
}

const KEY = 'code';
const textOf = ({ projectID, purpose, attemptID }: CodeScope, code: string): string =>
  [projectID, purpose, attemptID, code].join(':');

/** How a code is stored. */
export const hashCode = (secrets: Secrets, scope: CodeScope, code: string): Buffer =>
  secrets.hmac(KEY, textOf(scope, code));

/**
 * Compares in constant time, also with an attempt that no code was made for. A code that was sent before
 * `LATCHKEY_SECRET` was rotated still counts.
 */
export function isCode(secrets: Secrets, scope: CodeScope, code: string, stored: Buffer | null): boolean {
  const matches = secrets.keys(KEY).map((key) => {
    const hash = createHmac('sha256', key).update(textOf(scope, code)).digest();
    return timingSafeEqual(hash, stored ?? Buffer.alloc(hash.length));
  });
  return stored !== null && matches.includes(true);
}

/** How a login id is stored, and what its limits count on. */
export const hashKey = (secrets: Secrets, purpose: CodePurpose, key: string): Buffer =>
  secrets.hmac('code-key', `${purpose}:${key}`);

/** What a typed address is sealed for: that attempt and nothing else. */
export const addressPurpose = (projectID: string, attemptID: string): string =>
  `code:${projectID}:${attemptID}`;
