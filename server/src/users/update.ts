import { isDeepStrictEqual } from 'node:util';
import { type Acting, recordAudit, recordMutation } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { JsonObject, ProjectDb } from '../platform/database/index.ts';
import { checkCustomAttributes, checkStandardAttributes } from './attributes/check.ts';
import { type ChangeDeps, changeUser } from './change.ts';
import { userIsAnonymized } from './errors.ts';
import type { User } from './model.ts';
import { userStore } from './store.ts';

interface ProfileUpdate {
  userID: string;
  /** All of them: what is left out goes. Absent leaves them as they are. */
  standardAttributes?: Record<string, unknown>;
  customAttributes?: Record<string, unknown>;
}

/** The names whose value is another one, added and removed ones among them. */
const changedNames = (before: JsonObject, after: JsonObject): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .sort();

/** The language mails are written in: that of the profile; one that came from elsewhere stays beside a profile without. */
function localeAfter(user: User, attributes: JsonObject): string | null {
  const { locale } = attributes;
  if (typeof locale === 'string') return locale;
  return user.standardAttributes.locale === undefined ? user.locale : null;
}

/**
 * Puts other attributes in the place of a user's, by somebody else's decision: each kind as a whole, as Authgear
 * does. The names of what changed are recorded, the values are not.
 *
 * @throws NotFound `UserNotFound`; Forbidden `MayNotActOnCollaborator`; Invalid `UserIsAnonymized`,
 *   `ValidationFailed`
 */
export async function updateUser(
  db: ProjectDb,
  deps: ChangeDeps & { clock: Clock },
  update: ProfileUpdate,
  acting: Acting,
): Promise<void> {
  const { clock } = deps;
  const { userID } = update;
  await changeUser(db, deps, { userID, acting }, async (tx, user) => {
    if (user.isAnonymized) throw userIsAnonymized();
    const identities = await userStore(tx).identitiesOf(userID);
    const standardAttributes = update.standardAttributes
      ? checkStandardAttributes(update.standardAttributes, identities)
      : user.standardAttributes;
    const customAttributes = update.customAttributes
      ? checkCustomAttributes(update.customAttributes)
      : user.customAttributes;

    if (update.standardAttributes ?? update.customAttributes) {
      const profile = { standardAttributes, customAttributes, locale: localeAfter(user, standardAttributes) };
      await userStore(tx).setProfile(userID, profile, identities, clock.now());
      const attributes = [
        ...changedNames(user.standardAttributes, standardAttributes),
        ...changedNames(user.customAttributes, customAttributes),
      ];
      await recordAudit(tx, clock, {
        activityType: 'USER_PROFILE_UPDATED',
        userID,
        acting,
        data: { attributes },
      });
    }
    const activityType = 'ADMIN_API_MUTATION_UPDATE_USER_EXECUTED';
    await recordMutation(tx, clock, { activityType, userID, acting });
  });
}
