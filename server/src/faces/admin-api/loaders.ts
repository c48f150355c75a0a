import DataLoader from 'dataloader';
import { type Authenticator, authenticatorStore } from '../../passwords/index.ts';
import type { ProjectDb } from '../../platform/database/index.ts';
import { formattedName, type Identity, type User, userNotFound, userStore } from '../../users/index.ts';

/** What one request has read; each kind in one query however many objects ask for it. */
export interface Loaders {
  user: DataLoader<string, User | undefined>;
  identities: DataLoader<string, Identity[]>;
  authenticators: DataLoader<string, Authenticator[]>;
  /** A user of the home project, where operators are, as others see them. */
  person: DataLoader<string, Person | undefined>;
  /** A user of this project, as others see them. */
  ownPerson: DataLoader<string, Person | undefined>;
}

/** What is told of somebody where their account is not the matter. */
interface Person {
  id: string;
  /** The name, else a login id. */
  name: string;
  email: string | null;
}

/** Puts rows into the order of the ids they were asked by. */
function byKey<Row>(ids: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  const groups = Map.groupBy(rows, keyOf);
  return ids.map((id) => groups.get(id) ?? []);
}

const personLoader = (db: ProjectDb): Loaders['person'] =>
  new DataLoader(async (ids) => {
    const store = userStore(db);
    const [users, identities] = [await store.findMany(ids), await store.identitiesOfMany([...ids])];
    const people = users.map((user): Person => {
      const theirs = identities.filter(({ userID }) => userID === user.id);
      const email = theirs.find(({ type }) => type === 'email')?.original ?? null;
      return { id: user.id, name: formattedName(user, theirs), email };
    });
    return byKey(ids, people, ({ id }) => id).map(([person]) => person);
  });

/** Makes the loaders of one request; `home` is the project in which operators are users. */
export function createLoaders(db: ProjectDb, home: ProjectDb): Loaders {
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
    person: personLoader(home),
    ownPerson: personLoader(db),
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
