import { enqueueMessage } from '../messages/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { Secrets } from '../platform/secrets.ts';
import { type Identity, type User, userStore } from '../users/index.ts';
import { sendPasswordNoTarget } from './errors.ts';

/** The login ids that mail can be sent to. */
export const mailTargets = <Target extends Pick<Identity, 'type'>>(identities: readonly Target[]): Target[] =>
  identities.filter(({ type }) => type === 'email');

interface PasswordMail {
  password: string;
  passwordVersion: number;
  mustChange: boolean;
  /** In which words: the account is new, it got its first password, or another one. */
  occasion: 'new-account' | 'new-operator' | 'first-password' | 'reset';
  /** The project that a new operator works on. */
  worksOn?: string;
}

/**
 * Writes one mail with the password to each e-mail login id the user has at this moment, in the transaction
 * that writes the password.
 *
 * @returns the messages' ids
 * @throws Invalid `SendPasswordNoTarget` where there is none
 */
export async function mailPassword(
  tx: ProjectDb,
  deps: { clock: Clock; secrets: Secrets },
  user: User,
  { password, passwordVersion, mustChange, occasion, worksOn = '' }: PasswordMail,
): Promise<string[]> {
  const targets = mailTargets(await userStore(tx).identitiesOf(user.id));
  if (targets.length === 0) throw sendPasswordNoTarget();
  const ids: string[] = [];
  for (const { original } of targets) {
    const envelope = {
      userID: user.id,
      recipient: original,
      locale: user.locale,
      secret: password,
      passwordVersion,
    };
    const payload = { loginID: original, mustChange };
    ids.push(await enqueueMessage(tx, deps, { ...envelope, ...contentFor(occasion, payload, worksOn) }));
  }
  return ids;
}

function contentFor(
  occasion: PasswordMail['occasion'],
  payload: { loginID: string; mustChange: boolean },
  worksOn: string,
) {
  switch (occasion) {
    case 'new-account':
      return { type: 'account_created', payload } as const;
    case 'new-operator':
      return { type: 'operator_created', payload: { ...payload, worksOn } } as const;
    default:
      return {
        type: 'password_reset_by_admin',
        payload: { ...payload, isFirst: occasion === 'first-password' },
      } as const;
  }
}

/** Tells each e-mail login id of the user that the password was changed (NIST SP 800-63B-4, 4.6). */
export async function mailNotice(
  tx: ProjectDb,
  deps: { clock: Clock; secrets: Secrets },
  user: User,
): Promise<void> {
  for (const { original } of mailTargets(await userStore(tx).identitiesOf(user.id))) {
    await enqueueMessage(tx, deps, {
      type: 'password_changed',
      userID: user.id,
      recipient: original,
      locale: user.locale,
      payload: { loginID: original },
    });
  }
}
