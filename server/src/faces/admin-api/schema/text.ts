import { parseGlobalID, splitGlobalID } from '../../../platform/ids.ts';
import { badInput } from '../errors.ts';

/**
 * Lets a text pass that can be looked up. PostgreSQL holds no NUL, so a text with one can match nothing.
 * @throws Invalid `InvalidText`
 */
export function searchable(name: string, text: string): string {
  if (text.includes('\0')) throw badInput('InvalidText', `"${name}" holds the character NUL`);
  if (text.length > 1_000) throw badInput('InvalidText', `"${name}" is longer than 1,000 characters`);
  return text;
}

/**
 * The UUID in the global id of a user.
 * @throws Invalid `InvalidUserID` when it is malformed or of another type
 */
export function userIDFrom(globalID: string): string {
  const id = parseGlobalID('User', globalID);
  if (id === undefined) throw badInput('InvalidUserID', 'invalid user ID');
  return id;
}

/**
 * The UUID in the global id of an authenticator.
 * @throws Invalid `InvalidAuthenticatorID` when it is malformed or of another type
 */
export function authenticatorIDFrom(globalID: string): string {
  const id = parseGlobalID('Authenticator', globalID);
  if (id === undefined) throw badInput('InvalidAuthenticatorID', 'invalid authenticator ID');
  return id;
}

/**
 * The name of a session in its global id.
 * @throws Invalid `InvalidSessionID` when it is malformed or of another type
 */
export function sessionUIDFrom(globalID: string): string {
  const parts = splitGlobalID(globalID);
  if (parts?.type !== 'Session' || !isSessionUID(parts.id)) {
    throw badInput('InvalidSessionID', 'invalid session ID');
  }
  return parts.id;
}

/** The names that OpenID Connect gives to sessions. */
export const isSessionUID = (id: string): boolean => /^[\w-]{1,64}$/.test(id);
