import type { ProjectDb } from '../../platform/database/index.ts';
import { isUUID, parseGlobalID } from '../../platform/ids.ts';
import { parseLoginID, type User, userStore } from '../../users/index.ts';
import { noSuchUser } from '../errors.ts';

/**
 * Finds the user that somebody means: by global id, by UUID, or by login id in any way it can be written. An id
 * always means the user who has it, so that nobody can be meant instead by a username that reads like one.
 *
 * @throws NotFound `UserNotFound`
 */
export async function findUser(db: ProjectDb, text: string): Promise<User> {
  const id = isUUID(text) ? text : parseGlobalID('User', text);
  const store = userStore(db);
  const user = id === undefined ? await store.findByAnyIdentity(parseLoginID(text)) : await store.find(id);
  if (user) return user;
  throw noSuchUser(db.projectID, text);
}
