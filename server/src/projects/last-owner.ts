import type { Kysely } from 'kysely';
import type { DB } from '../platform/database/index.ts';
import { collaboratorsStore } from './collaborators-store.ts';
import { lastOwner } from './errors.ts';

/**
 * A project without an owner can be administered by nobody. Of two owners who lower each other at once only one
 * gets through: the caller's transaction holds the project's collaborators still.
 *
 * @throws Forbidden `LastOwner` where nobody but this one owns the project
 */
export async function requireAnotherOwner(
  kysely: Kysely<DB>,
  projectID: string,
  userID: string,
): Promise<void> {
  const everyone = await collaboratorsStore(kysely).ofProject(projectID);
  const others = everyone.filter((one) => one.role === 'owner' && one.userID !== userID);
  if (others.length === 0) throw lastOwner(projectID);
}
