import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { BoundTo } from './model.ts';
import { hashCode, newCode, newToken } from './secret.ts';
import { codeStore } from './store.ts';

/**
 * Makes what is to be sent for an attempt: six digits, or the token of a link. Only its hash is kept. Older ones
 * of the same user and purpose are void. Where there is a user, the caller's transaction holds their row: it is
 * locked before any attempt is, here and wherever a password is written.
 *
 * @param to what the secret is void without, as it is at this moment
 */
export async function issueSecret(
  tx: ProjectDb,
  { clock, secrets }: { clock: Clock; secrets: Secrets },
  attemptID: string,
  to: BoundTo,
): Promise<string> {
  const store = codeStore(tx);
  const { purpose, kind } = await store.kindOf(attemptID);
  if (to.userID !== undefined) await store.void(to.userID, clock.now(), { purpose, id: attemptID });
  if (kind === 'link') {
    const token = newToken();
    await store.issue(attemptID, { token }, to);
    return token;
  }
  const code = newCode();
  const codeHash = hashCode(secrets, { projectID: tx.projectID, purpose, attemptID }, code);
  await store.issue(attemptID, { codeHash }, to);
  return code;
}
