import { globalID } from '../../platform/ids.ts';
import { formattedName, type Identity, type User } from '../../users/index.ts';

/** What scripts are told of a user. Times are ISO 8601. */
export function describeUser(user: User, identities: readonly Identity[]) {
  return {
    userID: globalID('User', user.id),
    name: formattedName(user, identities),
    loginIDs: identities
      .filter(({ type }) => type !== 'oauth')
      .map(({ type, normalized, verifiedAt }) => ({
        type,
        value: normalized,
        isVerified: verifiedAt !== null,
      })),
    isDisabled: user.isDisabled,
    createdAt: user.createdAt,
    lastLoginAt: user.lastLoginAt,
  };
}
