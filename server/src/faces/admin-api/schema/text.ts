import { parseGlobalID } from '../../../platform/ids.ts';
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
