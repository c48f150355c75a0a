import { chosenIdentity, type Identity, type LoginIDType, type User } from '../../../users/index.ts';
import { STANDARD_CLAIM } from './identity.ts';

/**
 * A user's attributes under their OpenID Connect names (OpenID Connect Core 1.0, section 5.1), those that
 * come of login ids included: where none was chosen, the oldest login id of the type counts.
 */
export function standardAttributes(user: User, identities: readonly Identity[]): Record<string, unknown> {
  const attributes: Record<string, unknown> = { ...(user.standardAttributes as Record<string, unknown>) };
  for (const [type, claim] of Object.entries(STANDARD_CLAIM)) {
    const identity = chosenIdentity(user, identities, type as LoginIDType);
    delete attributes[claim];
    if (!identity) continue;
    attributes[claim] = identity.normalized;
    if (type !== 'username') attributes[`${claim}_verified`] = identity.verifiedAt !== null;
  }
  attributes.updated_at = Math.floor(user.updatedAt.getTime() / 1_000);
  return attributes;
}
