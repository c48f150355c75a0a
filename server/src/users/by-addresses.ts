import type { ProjectDb } from '../platform/database/index.ts';
import { parseLoginID } from './login-ids/index.ts';
import type { LoginIDType } from './model.ts';
import { userStore } from './store.ts';

/** The ids of the users who sign in with one of these addresses. What is no address finds nobody. */
export async function usersByAddresses(
  db: ProjectDb,
  addresses: { emailAddresses?: readonly string[]; phoneNumbers?: readonly string[] },
): Promise<string[]> {
  const owners = (wanted: LoginIDType, texts: readonly string[] = []): Promise<string[]> => {
    const keys = texts
      .flatMap(parseLoginID)
      .filter(({ type }) => type === wanted)
      .map(({ uniqueKey }) => uniqueKey);
    return keys.length === 0 ? Promise.resolve([]) : userStore(db).ownersOf(wanted, keys);
  };
  const found = await Promise.all([
    owners('email', addresses.emailAddresses),
    owners('phone', addresses.phoneNumbers),
  ]);
  return [...new Set(found.flat())];
}
