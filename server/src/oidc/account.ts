import type { Account, FindAccount } from 'oidc-provider';
import type { ProjectDb } from '../platform/database/index.ts';
import { chosenIdentity, formattedName, type Identity, type User, userStore } from '../users/index.ts';
import type { OidcDeps } from './deps.ts';

/** Claims that come from the profile as somebody filled it in (OpenID Connect Core 1.0, section 5.1). */
const PROFILE_ATTRIBUTES = [
  'family_name',
  'given_name',
  'middle_name',
  'nickname',
  'profile',
  'picture',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
] as const;

/** Which claims each scope brings. Every ID token says when and how its user signed in. */
export const CLAIMS = {
  openid: ['sub', 'auth_time', 'amr'],
  profile: ['name', 'preferred_username', 'updated_at', ...PROFILE_ATTRIBUTES],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
};

/** What is known of a user, as claims. Of several addresses the chosen one is the user's, else the oldest. */
export function claimsOf(user: User, identities: readonly Identity[]): Record<string, unknown> {
  const [email, phone, username] = (['email', 'phone', 'username'] as const).map((type) =>
    chosenIdentity(user, identities, type),
  );
  const attributes = Object.fromEntries(
    PROFILE_ATTRIBUTES.map((name): [string, unknown] => [name, user.standardAttributes[name]]),
  );
  const claims: Record<string, unknown> = {
    ...attributes,
    name: formattedName(user, []) || undefined,
    preferred_username: username?.normalized,
    locale: user.standardAttributes.locale ?? user.locale ?? undefined,
    updated_at: Math.floor(user.updatedAt.getTime() / 1_000),
    email: email?.normalized,
    email_verified: email && email.verifiedAt !== null,
    phone_number: phone?.normalized,
    phone_number_verified: phone && phone.verifiedAt !== null,
  };
  return Object.fromEntries(
    Object.entries(claims).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** Finds whose session or token it is; an account that may not be used at this moment is nobody's. */
export const createFindAccount =
  ({ clock, accountStatus }: Pick<OidcDeps, 'clock' | 'accountStatus'>, db: ProjectDb): FindAccount =>
  async (_ctx, userID): Promise<Account | undefined> => {
    const user = await userStore(db).find(userID);
    if (!user || !accountStatus(user, clock.now()).allowed) return undefined;
    return {
      accountId: user.id,
      async claims(use, scope) {
        // An ID token holds the claims of `openid` alone; the others are at the userinfo endpoint.
        const wanted =
          use === 'userinfo' && scope.split(' ').some((name) => name !== 'openid' && name in CLAIMS);
        const identities = wanted ? await userStore(db).identitiesOf(user.id) : [];
        return { ...claimsOf(user, identities), sub: user.id };
      },
    };
  };
