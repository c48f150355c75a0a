import { type Acting, recordMutation } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { LoginSettings } from '../projects/index.ts';
import { insertUser, type LoginID, type LoginIDType, normalizeLoginID } from '../users/index.ts';
import { passwordChooser, requireTypingAllowed } from './choose.ts';
import type { PasswordDeps } from './deps.ts';
import {
  loginIDRequired,
  loginIDTypeDisabled,
  sendPasswordNoTarget,
  sendPasswordWithoutPassword,
} from './errors.ts';
import { hintsOf } from './hints.ts';
import { mailPassword, mailTargets } from './send-password.ts';
import { writePassword } from './write-password.ts';

export interface NewUser {
  loginIDs: readonly { type: LoginIDType; value: string }[];
  /** Null or absent: the user has none. Empty: one is generated. */
  password?: string | null;
  /** Mails it to each e-mail login id. */
  sendPassword: boolean;
  /** The first login has to choose another one; says nothing where the user has none. */
  setPasswordExpired: boolean;
  accountValidFrom?: Date;
  accountValidUntil?: Date;
}

/**
 * Makes a user, by somebody else's decision, in one transaction: user, identities, password, audit entries,
 * mails with their jobs.
 *
 * @returns the mails' ids, and the password where it was generated (it can never be read again)
 * @throws Invalid `LoginIDRequired`, `LoginIDTypeDisabled`, `InvalidLoginID`, `InvariantViolated` (the login
 *   id is another user's), `SendPasswordWithoutPassword`, `SendPasswordNoTarget`, `PasswordPolicyViolated`,
 *   `PasswordPolicyUnsatisfiable`; Forbidden `TypingPasswordDisabled`; ServiceUnavailable `HashingQueueFull`
 */
export async function createUser(
  db: ProjectDb,
  deps: PasswordDeps,
  input: NewUser,
  acting: Acting,
): Promise<{ userID: string; messageIDs: string[]; generated?: string }> {
  const { clock, hasher, project } = deps;
  const { accountValidFrom, accountValidUntil, sendPassword, setPasswordExpired: mustChange } = input;
  const { passwords: policy, login } = await deps.projects.settings(project);
  const loginIDs = readLoginIDs(login, input.loginIDs);
  const withPassword = input.password !== undefined && input.password !== null;
  if (sendPassword && !withPassword) throw sendPasswordWithoutPassword();
  if (sendPassword && mailTargets(loginIDs).length === 0) throw sendPasswordNoTarget();

  const typed = input.password || undefined;
  requireTypingAllowed(policy, typed, acting.actor);
  const chosen = withPassword
    ? await passwordChooser({ hasher, policy }, typed)(hintsOf(project, loginIDs))
    : undefined;

  return db.transaction(async (tx) => {
    const user = await insertUser(tx, { clock }, { loginIDs, accountValidFrom, accountValidUntil }, acting);
    let messageIDs: string[] = [];
    if (chosen) {
      const { hash, password } = chosen;
      const change = { hash, mustChange, endSessions: false };
      const { passwordVersion } = await writePassword(tx, { clock, policy }, user, change);
      const mail = { password, passwordVersion, mustChange, occasion: 'new-account' } as const;
      if (sendPassword) messageIDs = await mailPassword(tx, deps, user, mail);
    }
    await recordMutation(tx, clock, {
      activityType: 'ADMIN_API_MUTATION_CREATE_USER_EXECUTED',
      userID: user.id,
      acting,
      data: {
        with_password: withPassword,
        generated: chosen?.isGenerated ?? false,
        must_change: withPassword && mustChange,
        message_ids: messageIDs,
      },
    });
    return { userID: user.id, messageIDs, ...(chosen?.isGenerated && { generated: chosen.password }) };
  });
}

function readLoginIDs(settings: LoginSettings, given: NewUser['loginIDs']): LoginID[] {
  if (given.length === 0) throw loginIDRequired();
  return given.map(({ type, value }) => {
    if (!settings.identity_types.includes(type)) throw loginIDTypeDisabled(type, settings.identity_types);
    return normalizeLoginID(type, value);
  });
}
