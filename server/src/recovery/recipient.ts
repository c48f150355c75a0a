import type { Found } from '../codes/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { Secrets } from '../platform/secrets.ts';
import { type Identity, parseLoginID, type User, userStore } from '../users/index.ts';
import { destinationID } from './destination-id.ts';

/** Whom a login id means, and where a message to them goes. */
export interface Recipient {
  user: User;
  /** An e-mail identity of that user; absent where they have none. */
  destination: Identity | undefined;
}

/** What the limits of a login id count on: its one spelling, or the text where it can be none. */
export function keyOf(loginID: string): string {
  const [parsed] = parseLoginID(loginID);
  return parsed ? `${parsed.type}:${parsed.uniqueKey}` : `text:${loginID.trim()}`;
}

/**
 * Finds who signs in with this login id, compared byte by byte, and holds their row. A message goes to the address
 * that is stored: the one that was meant, for a phone number or a username the account's primary one.
 *
 * @param chosen the name of a destination, where the project lets users choose
 */
export async function recipientOf(
  tx: ProjectDb,
  secrets: Secrets,
  loginID: string,
  chosen: string | null,
): Promise<Recipient | undefined> {
  const loginIDs = parseLoginID(loginID);
  const found = await userStore(tx).findByAnyIdentity(loginIDs);
  const user = found && (await userStore(tx).lock(found.id));
  if (!user) return undefined;
  const identities = await userStore(tx).identitiesOf(user.id);
  const meant = identities.find(({ type, uniqueKey }) =>
    loginIDs.some((loginID) => loginID.type === type && loginID.uniqueKey === uniqueKey),
  );
  // Taken away between the look-up and the lock: it is not theirs any more.
  if (!meant) return undefined;
  const addresses = identities.filter(({ type }) => type === 'email');
  const choice = addresses.find(({ id }) => chosen !== null && destinationID(secrets, id) === chosen);
  const usual = meant.type === 'email' ? meant : addresses[0];
  return { user, destination: choice ?? usual };
}

/** Finds again who was found before, if the address is still theirs, and holds their row. */
export async function recipientAgain(
  tx: ProjectDb,
  { userID, identityID }: Found,
): Promise<Recipient | undefined> {
  const user = await userStore(tx).lock(userID);
  const destination = await userStore(tx).findIdentity(identityID);
  return user && destination?.userID === userID ? { user, destination } : undefined;
}
