import type { Actor } from '../audit/index.ts';
import { voidCodes } from '../codes/index.ts';
import { supersedeMessages } from '../messages/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { newID } from '../platform/ids.ts';
import type { PasswordSettings } from '../projects/index.ts';
import { endOtherSessions, revokeAllSessions } from '../sessions/index.ts';
import { type User, userNotFound, userStore } from '../users/index.ts';
import type { Hasher } from './hasher.ts';
import { historyRange } from './history.ts';
import { historyStore } from './history-store.ts';
import type { WrittenPassword } from './model.ts';
import { type Credential, passwordStore } from './store.ts';
import { createTurns } from './turns.ts';

/*
 * The only file that writes or removes a password's hash, and the only one that may: whoever sets a password or
 * takes it away, by whichever way, does it through these functions.
 */

/** Saves acts on one user in this process from deciding on what the one before them is about to change. */
const inTurn = createTurns();

/**
 * Those whose turns follow each other. A user's own acts are a line of their own: whoever has got hold of an
 * account could queue as many as they like, and must not keep its operators from taking it back.
 */
const lineOf = (db: ProjectDb, userID: string, actor: Actor): string =>
  [db.projectID, userID, actor.type === 'user' ? 'own' : 'others'].join(' ');

/**
 * Runs an act that depends on the password a user has now. `decide` (policy, history, hash: slow) works
 * outside any transaction; `write` works in one that holds the user's row and has seen that the password is
 * still the one that was decided upon. Where it is not, all starts over. It goes on until it is through: each
 * new start means that somebody else's password was written, so some act always gets on.
 *
 * @param whose `userID` whose password it is, `actor` who acts
 * @throws NotFound `UserNotFound`; whatever `decide` and `write` throw
 */
export async function onPresentPassword<Decision, Result>(
  db: ProjectDb,
  whose: { userID: string; actor: Actor },
  decide: (user: User) => Promise<Decision>,
  write: (tx: ProjectDb, user: User, decision: Decision) => Promise<Result>,
): Promise<Result> {
  const { userID, actor } = whose;
  const attempt = async (): Promise<Result> => {
    for (;;) {
      const outcome = await tryOnce(db, userID, decide, write);
      if (outcome) return outcome.result;
    }
  };
  // Whoever holds locks must not wait for somebody who may want them.
  return db.inTransaction ? attempt() : inTurn(lineOf(db, userID, actor), attempt);
}

async function tryOnce<Decision, Result>(
  db: ProjectDb,
  userID: string,
  decide: (user: User) => Promise<Decision>,
  write: (tx: ProjectDb, user: User, decision: Decision) => Promise<Result>,
): Promise<{ result: Result } | undefined> {
  const user = await userStore(db).find(userID);
  if (!user) throw userNotFound();
  const decision = await decide(user);
  return db.transaction(async (tx) => {
    const locked = await userStore(tx).lock(userID);
    if (!locked) throw userNotFound();
    if (locked.passwordVersion !== user.passwordVersion) return undefined;
    return { result: await write(tx, locked, decision) };
  });
}

interface NewPassword {
  hash: string;
  /** The next login has to choose another one. */
  mustChange: boolean;
  /** Ends every session, grant and token of the user, or all but one session by its name. */
  endSessions: boolean | { except: string };
}

/**
 * Makes a hash the user's password, in the transaction of the act that decided it and while that holds the
 * user's row: authenticator, history, version, sessions. Codes and links that were sent before are void, and so are
 * unsent mails with an older password.
 */
export async function writePassword(
  tx: ProjectDb,
  { clock, policy }: { clock: Clock; policy: PasswordSettings },
  user: Pick<User, 'id' | 'sessionEpoch'>,
  { hash, mustChange, endSessions }: NewPassword,
): Promise<WrittenPassword & { isFirst: boolean }> {
  const now = clock.now();
  const expireAfter = mustChange ? now : null;
  const passwordVersion = await userStore(tx).raisePasswordVersion(user.id);

  const isFirst = !(await passwordStore(tx).replace(user.id, hash, expireAfter, now));
  if (isFirst) await passwordStore(tx).insert(newID(clock), user.id, hash, expireAfter, now);

  const { newest, since } = historyRange(policy, clock);
  await historyStore(tx).insert(user.id, passwordVersion, hash, now);
  await historyStore(tx).prune(user.id, { newest: Math.max(newest, 1), since });

  const sessionEpoch = await endThem(tx, { clock }, user, endSessions);
  await voidCodes(tx, { clock }, user.id);
  await supersedeMessages(tx, clock, user.id);
  return { passwordVersion, sessionEpoch, isFirst };
}

/**
 * Takes a password away, in the transaction of the act that decided it and while that holds the user's row:
 * version, sessions; codes, links and unsent mails with it are void. The history keeps it from coming back.
 *
 * @returns false, with nothing changed, where the user has no such password
 */
export async function removePassword(
  tx: ProjectDb,
  { clock }: { clock: Clock },
  user: Pick<User, 'id'>,
  authenticatorID: string,
): Promise<boolean> {
  if (!(await passwordStore(tx).remove(user.id, authenticatorID))) return false;
  await userStore(tx).raisePasswordVersion(user.id);
  await revokeAllSessions(tx, { clock }, user.id);
  await voidCodes(tx, { clock }, user.id);
  await supersedeMessages(tx, clock, user.id);
  return true;
}

function endThem(
  tx: ProjectDb,
  deps: { clock: Clock },
  { id: userID, sessionEpoch }: Pick<User, 'id' | 'sessionEpoch'>,
  which: NewPassword['endSessions'],
): Promise<number> | number {
  if (which === false) return sessionEpoch;
  return which === true
    ? revokeAllSessions(tx, deps, userID)
    : endOtherSessions(tx, deps, { userID, except: which.except });
}

/**
 * Stores a password that has just been verified under today's parameters. It stays the same password: no
 * version is raised, nobody is signed out. Of a password that was replaced meanwhile nothing is written.
 */
export async function upgradeHash(
  db: ProjectDb,
  hasher: Hasher,
  { userID, hash }: Pick<Credential, 'userID' | 'hash'>,
  text: string,
): Promise<void> {
  const upgraded = await hasher.hash(text);
  await passwordStore(db).rehash(userID, hash, upgraded);
}
