import { issueSecret, type PendingAttempt } from '../../codes/index.ts';
import { enqueueMessage } from '../../messages/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { ProjectDb } from '../../platform/database/index.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { normalizeLoginID, userStore } from '../../users/index.ts';

/**
 * Sends what a sign-up has asked for, in the worker's transaction: a code to an address that nobody has, and to
 * one that somebody has the news that there is an account. Only here is it looked up. That the address is known
 * to an operator only, and proved by nobody, makes no difference: the account is theirs to give.
 *
 * @returns whom it found
 */
export async function sendSignup(
  tx: ProjectDb,
  deps: { clock: Clock; secrets: Secrets },
  attempt: PendingAttempt,
): Promise<{ userID: string; identityID: string } | undefined> {
  // A sign-up never asks for another message by the same attempt, so the address stands in it.
  if (attempt.address === undefined) return undefined;
  const typed = normalizeLoginID('email', attempt.address);
  const asked = typeof attempt.data.locale === 'string' ? attempt.data.locale : null;
  const owner = await userStore(tx).findByIdentity('email', typed.uniqueKey);
  if (!owner) {
    const code = await issueSecret(tx, deps, attempt.id, {});
    await enqueueMessage(tx, deps, {
      type: 'signup_code',
      userID: null,
      recipient: typed.original,
      locale: asked,
      payload: { minutes: attempt.lifetimeMs / 60_000 },
      secret: code,
      secretExpiresAt: attempt.expiresAt,
    });
    return undefined;
  }
  const identities = await userStore(tx).identitiesOf(owner.id);
  const known = identities.find(({ type, uniqueKey }) => type === 'email' && uniqueKey === typed.uniqueKey);
  // Removed between the two look-ups.
  if (!known) return undefined;
  await enqueueMessage(tx, deps, {
    type: 'signup_existing_account',
    userID: owner.id,
    // To the address as it is stored, and never as somebody typed it.
    recipient: known.original,
    locale: owner.locale ?? asked,
    payload: { loginID: known.original },
  });
  return { userID: owner.id, identityID: known.id };
}
