import { type Acting, recordAudit, recordMutation } from '../audit/index.ts';
import { openLink } from '../codes/index.ts';
import { accountStatus } from '../login/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { Projects } from '../projects/index.ts';
import { parseLoginID, userNotFound, userStore } from '../users/index.ts';
import type { SendDeps } from './deps.ts';
import { noTarget, notPossible } from './errors.ts';
import { mailSecret } from './mail.ts';
import type { RecoveryData } from './model.ts';
import { keyOf, recipientOf } from './recipient.ts';
import { lifetimeOf } from './request.ts';

interface LinkDeps extends SendDeps {
  projects: Pick<Projects, 'settings' | 'mayActOn'>;
}

/** Nobody's page and no login: an operator asked. */
const DATA: RecoveryData = { locale: null, destination: null, clientID: null, interaction: null };

/**
 * Sends a link that sets a new password to the owner of a login id, by somebody else's decision; also a first
 * password. Nobody but the reader of that mailbox sees the link. The limits of who forgot the password do not count.
 *
 * @returns the mail's id
 * @throws NotFound `UserNotFound`; Forbidden `MayNotActOnCollaborator`; Invalid `RecoveryNoTarget` (the account has
 *   no e-mail login id), `RecoveryNotPossible` (it cannot be signed in to)
 */
export async function sendResetPasswordMessage(
  db: ProjectDb,
  deps: LinkDeps,
  { loginID }: { loginID: string },
  acting: Acting,
): Promise<{ userID: string; messageID: string }> {
  const { clock, project, projects, secrets } = deps;
  const found = await userStore(db).findByAnyIdentity(parseLoginID(loginID));
  if (!found) throw userNotFound();
  await projects.mayActOn(acting.actor, project, found.id);
  const { recovery } = await projects.settings(project);
  const lifetimeMs = lifetimeOf(recovery, 'link');

  return db.transaction(async (tx) => {
    const recipient = await recipientOf(tx, secrets, loginID, null);
    // Another owner since the question whether the actor may.
    if (recipient?.user.id !== found.id) throw userNotFound();
    const { user, destination } = recipient;
    if (!accountStatus(user, clock.now()).allowed) throw notPossible();
    if (!destination) throw noTarget();

    const request = { purpose: 'recovery', key: keyOf(loginID), lifetimeMs, data: DATA } as const;
    const id = await openLink(tx, deps, request, acting.origin);
    const expiresAt = new Date(clock.now().getTime() + lifetimeMs);
    const attempt = { id, kind: 'link', lifetimeMs, expiresAt } as const;
    const messageID = await mailSecret(tx, deps, { attempt, user, destination, locale: null });

    const entry = {
      userID: user.id,
      acting,
      data: { kind: 'link', outcome: 'sent', message_ids: [messageID] },
    };
    await recordAudit(tx, clock, { activityType: 'RECOVERY_REQUESTED', ...entry });
    const activityType = 'ADMIN_API_MUTATION_SEND_RESET_PASSWORD_MESSAGE_EXECUTED';
    await recordMutation(tx, clock, {
      activityType,
      userID: user.id,
      acting,
      data: { message_ids: [messageID] },
    });
    return { userID: user.id, messageID };
  });
}
