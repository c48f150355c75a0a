import DataLoader from 'dataloader';
import { type Authenticator, authenticatorStore } from '../../passwords/index.ts';
import type { ProjectDb } from '../../platform/database/index.ts';
import { type Identity, type User, userNotFound, userStore } from '../../users/index.ts';

/** What one request has read; each kind in one query however many objects ask for it. */
export interface Loaders {
  user: DataLoader<string, User | undefined>;
  identities: DataLoader<string, Identity[]>;
  authenticators: DataLoader<string, Authenticator[]>;
}

/** Puts rows into the order of the ids they were asked by. */
function byKey<Row>(ids: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  const groups = Map.groupBy(rows, keyOf);
  return ids.map((id) => groups.get(id) ?? []);
}

/** Makes the loaders of one request. */
export function createLoaders(db: ProjectDb): Loaders {
  return {
    user: new DataLoader(async (ids) => {
      const users = await userStore(db).findMany(ids);
      return byKey(ids, users, ({ id }) => id).map(([user]) => user);
    }),
    identities: new DataLoader(async (ids) =>
      byKey(ids, await userStore(db).identitiesOfMany(ids), ({ userID }) => userID),
    ),
    authenticators: new DataLoader(async (ids) =>
      byKey(ids, await authenticatorStore(db).ofUsers(ids), ({ userID }) => userID),
    ),
  };
}

/**
 * The user of this id.
 * @throws NotFound `UserNotFound`
 */
export async function loadUser(loaders: Loaders, userID: string): Promise<User> {
  const user = await loaders.user.load(userID);
  if (user === undefined) throw userNotFound();
  return user;
}

/** Forgets what was read of a user, after an act has changed it. */
export function forgetUser(loaders: Loaders, userID: string): void {
  loaders.user.clear(userID);
  loaders.identities.clear(userID);
  loaders.authenticators.clear(userID);
}
