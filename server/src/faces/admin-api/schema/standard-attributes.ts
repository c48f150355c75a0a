import type { Identity, User } from '../../../users/index.ts';
import { STANDARD_CLAIM } from './identity.ts';

/**
 * A user's attributes under their OpenID Connect names (OpenID Connect Core 1.0, section 5.1), those that
 * come of login ids included: where none was chosen, the oldest login id of the type counts.
 */
export function standardAttributes(user: User, identities: readonly Identity[]): Record<string, unknown> {
  const attributes: Record<string, unknown> = { ...(user.standardAttributes as Record<string, unknown>) };
  for (const [type, claim] of Object.entries(STANDARD_CLAIM)) {
    attributes[claim] ??= identities.find((identity) => identity.type === type)?.normalized;
    if (attributes[claim] === undefined) {
      delete attributes[claim];
      continue;
    }
    if (type === 'username') continue;
    attributes[`${claim}_verified`] = identities.some(
      (identity) =>
        identity.type === type && identity.normalized === attributes[claim] && identity.verifiedAt !== null,
    );
  }
  attributes.updated_at = Math.floor(user.updatedAt.getTime() / 1_000);
  return attributes;
}
