import { type Acting, recordAudit } from '../audit/index.ts';
import { passwordOf } from '../passwords/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { sha256 } from '../platform/ids.ts';
import { userStore } from '../users/index.ts';
import { factsOf } from './facts.ts';
import type { FinishedLogin } from './model.ts';
import { currentStep } from './steps.ts';
import { flowStore } from './store.ts';

/**
 * Ends a login that has passed every step: uses the proof up, notes the login, records it. The steps are
 * checked while the user's row is locked, so that a reset at the same moment wins, and of two that finish
 * the same login one does.
 * @returns what may be granted, or undefined where a step is still open (nothing has changed then)
 */
export function finishLogin(
  db: ProjectDb,
  { clock }: { clock: Clock },
  interactionID: string,
  origin: Acting['origin'],
): Promise<FinishedLogin | undefined> {
  return db.transaction(async (tx) => {
    const interactionHash = sha256(interactionID);
    const proof = await flowStore(tx).find(interactionHash);
    if (!proof) return undefined;
    const { userID, sessionEpoch, passwordVersion, provedAt } = proof;
    const user = await userStore(tx).lock(userID);
    const facts = factsOf(proof, user, await passwordOf(tx, userID), clock.now());
    if (currentStep(facts) !== 'finish') return undefined;
    if (!(await flowStore(tx).take(interactionHash, proof))) return undefined;

    const amr = ['pwd'];
    await userStore(tx).touchLogin(userID, clock.now());
    await recordAudit(tx, clock, {
      activityType: 'USER_AUTHENTICATED',
      userID,
      acting: { actor: { type: 'user', userID }, origin },
      data: { amr },
    });
    return { userID, sessionEpoch, passwordVersion, amr, provedAt };
  });
}

/** Forgets what an interaction has proved, so that somebody else can sign in there. */
export async function startOver(db: ProjectDb, interactionID: string): Promise<void> {
  await flowStore(db).remove(sha256(interactionID));
}
