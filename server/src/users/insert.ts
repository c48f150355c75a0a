import { type Acting, recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { JsonObject, ProjectDb } from '../platform/database/index.ts';
import { newID } from '../platform/ids.ts';
import { validPeriodReversed } from './errors.ts';
import type { LoginID, User } from './model.ts';
import { userStore } from './store.ts';

export interface NewUser {
  /** A UUIDv7, where it had to be known before; a new one otherwise. */
  id?: string;
  /** As `normalizeLoginID` makes them; the first of a type is the one the user is called by. */
  loginIDs: readonly LoginID[];
  /** Claims of OpenID Connect Core 1.0, section 5.1, that are no login ids. */
  standardAttributes?: JsonObject;
  /** BCP 47. */
  locale?: string;
  /** Whether somebody has proved to own the login ids. */
  isVerified?: boolean;
  accountValidFrom?: Date;
  accountValidUntil?: Date;
}

/**
 * Writes a user with login ids, in the caller's transaction, and records it.
 *
 * @throws Invalid `InvariantViolated` (cause `DuplicatedIdentity`) where a login id is another user's;
 *   `InvalidAccountStatusTransition` where the period of validity ends before it begins
 */
export async function insertUser(
  tx: ProjectDb,
  deps: { clock: Clock },
  input: NewUser,
  acting: Acting,
): Promise<User> {
  const { standardAttributes = {}, accountValidFrom = null, accountValidUntil = null } = input;
  const { id = newID(deps.clock), locale = null, isVerified = false } = input;
  if (accountValidFrom && accountValidUntil && accountValidFrom >= accountValidUntil)
    throw validPeriodReversed();

  const now = deps.clock.now();
  const identities = input.loginIDs.map((loginID) => ({
    ...loginID,
    id: newID(deps.clock),
    userID: id,
    claims: {},
    verifiedAt: isVerified ? now : null,
    createdAt: now,
    updatedAt: now,
  }));

  return tx.transaction(async (inside) => {
    const start = { id, standardAttributes, locale, accountValidFrom, accountValidUntil, createdAt: now };
    const user = await userStore(inside).insert(start, identities);
    await recordAudit(inside, deps.clock, {
      activityType: 'USER_CREATED',
      userID: id,
      acting,
      data: { login_ids: input.loginIDs.map(({ type, normalized }) => ({ type, value: normalized })) },
    });
    return user;
  });
}
