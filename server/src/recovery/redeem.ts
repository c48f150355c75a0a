import { type Acting, type Origin, recordAudit } from '../audit/index.ts';
import { consumeToken, findByToken } from '../codes/index.ts';
import { recoverPassword } from '../passwords/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { userStore } from '../users/index.ts';
import type { RecoveryDeps } from './deps.ts';
import { openInteraction } from './interaction.ts';
import { provedRecovery } from './subject.ts';

/** Where somebody goes on who has a new password. */
export interface RedeemedRecovery {
  /** The address that was proved; it signs in. */
  loginID: string;
  /** The app whose login the recovery was asked for in. */
  clientID?: string;
  /** That login; good only in the browser that began it. */
  interactionID?: string;
}

/**
 * Sets the new password of whoever has a link or a proved code, in one transaction with using it up: of many at once
 * one gets through, and a password that is refused leaves the link as good as before. Every session of the user
 * ends, what else was sent is void, the address is verified, and the user's addresses are told. Nobody is signed in.
 *
 * @throws Invalid `InvalidCode`, `UsedCode`, `CodeExpired`, `PasswordPolicyViolated`; TooManyRequest `RateLimited`;
 *   ServiceUnavailable `HashingQueueFull`
 */
export async function redeemRecovery(
  db: ProjectDb,
  deps: RecoveryDeps,
  { token, newPassword }: { token: string; newPassword: string },
  origin: Origin,
): Promise<RedeemedRecovery> {
  const { clock, secrets } = deps;
  const given = { purpose: 'recovery', token } as const;
  const { userID, identityID, data } = provedRecovery(await findByToken(db, deps, given, origin));
  const acting: Acting = { actor: { type: 'user', userID }, origin };
  let loginID = '';

  await recoverPassword(db, deps, { userID, newPassword }, acting, async (tx) => {
    const { kind } = provedRecovery(await consumeToken(tx, deps, given));
    const address = await userStore(tx).findIdentity(identityID);
    loginID = address?.original ?? '';
    await recordAudit(tx, clock, { activityType: 'RECOVERY_REDEEMED', userID, acting, data: { kind } });
    if (await userStore(tx).verifyIdentity(identityID, clock.now())) {
      const verified = { login_id: address?.normalized };
      await recordAudit(tx, clock, {
        activityType: 'IDENTITY_EMAIL_VERIFIED',
        userID,
        acting,
        data: verified,
      });
    }
  });

  const interactionID = openInteraction(secrets, db.projectID, data.interaction);
  return {
    loginID,
    ...(data.clientID !== null && { clientID: data.clientID }),
    ...(interactionID !== undefined && { interactionID }),
  };
}
