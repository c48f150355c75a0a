import { LOGIN_ID_CLAIMS } from './attributes/claims.ts';
import type { Identity, LoginIDType, User } from './model.ts';

const CLAIM_OF = new Map(Object.entries(LOGIN_ID_CLAIMS).map(([claim, type]) => [type, claim]));

/**
 * Which of a user's login ids of one type stands for them in claims: the one the profile names, if it is still
 * theirs, else the oldest; undefined where there is none.
 */
export function chosenIdentity<Owned extends Pick<Identity, 'type' | 'normalized'>>(
  user: Pick<User, 'standardAttributes'>,
  identities: readonly Owned[],
  type: LoginIDType,
): Owned | undefined {
  const ofType = identities.filter((identity) => identity.type === type);
  const chosen = user.standardAttributes[CLAIM_OF.get(type) ?? ''];
  return ofType.find(({ normalized }) => normalized === chosen) ?? ofType[0];
}
