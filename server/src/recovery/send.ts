import { recordAudit } from '../audit/index.ts';
import type { Found, PendingAttempt } from '../codes/index.ts';
import { accountStatus } from '../login/index.ts';
import { enqueueMessage } from '../messages/index.ts';
import { passwordOf } from '../passwords/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { parseLoginID, userStore } from '../users/index.ts';
import type { SendDeps } from './deps.ts';
import { mailSecret } from './mail.ts';
import type { RecoveryData } from './model.ts';
import { type Recipient, recipientAgain, recipientOf } from './recipient.ts';

/** What came of a request; for the audit log. */
type Outcome = 'sent' | 'no_password' | 'no_address' | 'account_not_usable' | 'unknown';

/**
 * The worker's part of a recovery: finds out who is meant, and sends what they need. An account without a password is
 * told how it signs in instead. To an account that may not be signed in to nothing is sent, and nobody is found
 * behind a login id that is nobody's.
 *
 * @returns whom it found, if a message went out
 */
export async function sendRecovery(
  tx: ProjectDb,
  deps: SendDeps,
  attempt: PendingAttempt,
): Promise<Found | undefined> {
  const recipient = await find(tx, deps, attempt);
  const { outcome, messageID } = recipient ? await send(tx, deps, attempt, recipient) : UNKNOWN;
  await recordAudit(tx, deps.clock, {
    activityType: 'RECOVERY_REQUESTED',
    userID: recipient?.user.id,
    acting: { actor: { type: 'system' }, origin: attempt.origin },
    data: {
      kind: attempt.kind,
      outcome,
      ...(messageID !== undefined && { message_ids: [messageID] }),
      ...(recipient ? {} : typedAddress(attempt.address)),
    },
  });
  if (messageID === undefined || !recipient?.destination) return undefined;
  return { userID: recipient.user.id, identityID: recipient.destination.id };
}

interface Sent {
  outcome: Outcome;
  messageID?: string;
}

const UNKNOWN: Sent = { outcome: 'unknown' };

const dataOf = ({ data }: PendingAttempt): RecoveryData => data as RecoveryData;

async function find(
  tx: ProjectDb,
  { secrets }: SendDeps,
  attempt: PendingAttempt,
): Promise<Recipient | undefined> {
  if (attempt.found) return recipientAgain(tx, attempt.found);
  if (attempt.address === undefined) return undefined;
  return recipientOf(tx, secrets, attempt.address, dataOf(attempt).destination);
}

async function send(
  tx: ProjectDb,
  deps: SendDeps,
  attempt: PendingAttempt,
  { user, destination }: Recipient,
): Promise<Sent> {
  if (!accountStatus(user, deps.clock.now()).allowed) return { outcome: 'account_not_usable' };
  if (!destination) return { outcome: 'no_address' };
  const { locale } = dataOf(attempt);
  if (await passwordOf(tx, user.id)) {
    return { outcome: 'sent', messageID: await mailSecret(tx, deps, { attempt, user, destination, locale }) };
  }
  const hasProvider = (await userStore(tx).identitiesOf(user.id)).some(({ type }) => type === 'oauth');
  const messageID = await enqueueMessage(tx, deps, {
    type: 'recovery_without_password',
    userID: user.id,
    recipient: destination.original,
    locale: user.locale ?? locale,
    payload: { loginID: destination.original, hasProvider },
  });
  return { outcome: 'no_password', messageID };
}

/** A password typed into the wrong field must not end up in the audit log. */
function typedAddress(address: string | undefined): { login_id?: string } {
  const recognized = parseLoginID(address ?? '').find(({ type }) => type !== 'username');
  return recognized ? { login_id: recognized.normalized } : {};
}
