import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { v7, validate } from 'uuid';
import type { Clock } from './clock.ts';

let latest = { msecs: 0, seq: 0 };

/**
 * A new UUIDv7 (RFC 9562), so that ids sort by the time of their making; those that one process makes in the same
 * millisecond by their order (section 6.2, method 1), so that an audit log reads as things happened.
 */
export function newID(clock: Clock): string {
  const msecs = clock.now().getTime();
  const seq = msecs === latest.msecs ? latest.seq + 1 : randomInt(2 ** 24);
  latest = { msecs, seq };
  return v7({ msecs, seq });
}

/** Whether the text is a UUID in its canonical form. */
export const isUUID = (text: string): boolean => validate(text);

/** The id the outside sees: base64url of `Type:<uuid>` (Relay's global object identification). */
export const globalID = (type: string, id: string): string =>
  Buffer.from(`${type}:${id}`).toString('base64url');

/** Splits a global id into its type and what is behind the colon; undefined where it is none. */
export function splitGlobalID(id: string): { type: string; id: string } | undefined {
  if (!/^[A-Za-z0-9_-]+={0,2}$/.test(id)) return undefined;
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const colon = text.indexOf(':');
  return colon > 0 ? { type: text.slice(0, colon), id: text.slice(colon + 1) } : undefined;
}

/** The UUID in a global id of the expected type; undefined when it is malformed or of another type. */
export function parseGlobalID(expectedType: string, id: string): string | undefined {
  const parts = splitGlobalID(id);
  return parts?.type === expectedType && isUUID(parts.id) ? parts.id.toLowerCase() : undefined;
}

/** A secret nobody can guess, base64url; 32 bytes are 256 bits. */
export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** SHA-256 of the text: how tokens are stored. */
export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in constant time; texts of different length are unequal. */
export function safeEqual(a: string | Buffer, b: string | Buffer): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}
