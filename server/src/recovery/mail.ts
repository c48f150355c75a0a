import { issueSecret } from '../codes/index.ts';
import { enqueueMessage, supersedeRecovery } from '../messages/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { Identity, User } from '../users/index.ts';
import type { SendDeps } from './deps.ts';

interface Mailing {
  attempt: { id: string; kind: 'link' | 'code'; expiresAt: Date; lifetimeMs: number };
  user: User;
  destination: Identity;
  locale: string | null;
}

const MINUTE_MS = 60_000;

/**
 * Makes a link or a code for a user whose row is held, and the mail that carries it to their stored address, in the
 * caller's transaction. Unsent mails with an older one are void.
 * @returns the message's id
 */
export async function mailSecret(
  tx: ProjectDb,
  deps: SendDeps,
  { attempt, user, destination, locale }: Mailing,
): Promise<string> {
  const { clock } = deps;
  const secret = await issueSecret(tx, deps, attempt.id, {
    userID: user.id,
    identityID: destination.id,
    passwordVersion: user.passwordVersion,
    sessionEpoch: user.sessionEpoch,
  });
  await supersedeRecovery(tx, clock, user.id);
  return enqueueMessage(tx, deps, {
    type: attempt.kind === 'link' ? 'recovery_link' : 'recovery_code',
    userID: user.id,
    recipient: destination.original,
    locale: user.locale ?? locale,
    payload: { loginID: destination.original, minutes: Math.round(attempt.lifetimeMs / MINUTE_MS) },
    secret,
    secretExpiresAt: attempt.expiresAt,
    passwordVersion: user.passwordVersion,
  });
}
