import { passwordOf, type StoredPassword } from '../passwords/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { sha256 } from '../platform/ids.ts';
import { type User, userStore } from '../users/index.ts';
import type { LoginFacts, Proof } from './model.ts';
import { flowStore } from './store.ts';

/** Puts together what the steps look at. */
export function factsOf(
  proof: Proof,
  user: User | undefined,
  password: StoredPassword | undefined,
  now: Date,
): LoginFacts {
  const passwordExpired = !!password?.expireAfter && password.expireAfter <= now;
  return { proof, user, passwordExpired, now };
}

/** Reads everything the steps look at. */
export async function readFacts(db: ProjectDb, clock: Clock, interactionID: string): Promise<LoginFacts> {
  const now = clock.now();
  const proof = await flowStore(db).find(sha256(interactionID));
  if (!proof) return { passwordExpired: false, now };
  const [user, password] = await Promise.all([
    userStore(db).find(proof.userID),
    passwordOf(db, proof.userID),
  ]);
  return factsOf(proof, user, password, now);
}
