import { type Acting, recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { sha256 } from '../platform/ids.ts';
import { userStore } from '../users/index.ts';
import { readFacts } from './locate.ts';
import type { FinishedLogin } from './model.ts';
import { currentStep } from './steps.ts';
import { flowStore } from './store.ts';

/**
 * Ends a login that has passed every step: uses the proof up, notes the login, records it. The user's row
 * is locked and the steps are checked once more, so that a reset at the same moment wins.
 * @returns what may be granted, or undefined where a step is still open (nothing has changed then)
 */
export function finishLogin(
  db: ProjectDb,
  deps: { clock: Clock },
  interactionID: string,
  origin: Acting['origin'],
): Promise<FinishedLogin | undefined> {
  return db.transaction(async (tx) => {
    const before = await readFacts(tx, deps.clock, interactionID);
    if (!before.proof) return undefined;
    await userStore(tx).lock(before.proof.userID);
    const facts = await readFacts(tx, deps.clock, interactionID);
    if (currentStep(facts) !== 'finish') return undefined;
    const proof = await flowStore(tx).take(sha256(interactionID));
    if (!proof) return undefined;
    await userStore(tx).touchLogin(proof.userID, deps.clock.now());
    await recordAudit(tx, deps.clock, {
      activityType: 'USER_AUTHENTICATED',
      userID: proof.userID,
      acting: { actor: { type: 'user', userID: proof.userID }, origin },
      data: { amr: ['pwd'] },
    });
    return {
      userID: proof.userID,
      sessionEpoch: proof.sessionEpoch,
      passwordVersion: proof.passwordVersion,
      amr: ['pwd'],
      provedAt: proof.provedAt,
    };
  });
}

/** Forgets what an interaction has proved, so that somebody else can sign in there. */
export async function startOver(db: ProjectDb, interactionID: string): Promise<void> {
  await flowStore(db).take(sha256(interactionID));
}
