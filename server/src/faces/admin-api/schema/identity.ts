import { globalID } from '../../../platform/ids.ts';
import type { Identity } from '../../../users/index.ts';
import { IdentityType } from './enums.ts';
import { Entity, Node } from './node.ts';
import { IdentityRef } from './refs.ts';

const LOGIN_ID_TYPES = ['email', 'phone', 'username'];

export const isLoginID = (identity: Identity): boolean => LOGIN_ID_TYPES.includes(identity.type);

/** The OpenID Connect claim that a login id of each type answers for. */
export const STANDARD_CLAIM: Record<string, string> = {
  email: 'email',
  phone: 'phone_number',
  username: 'preferred_username',
};

/** The claims of an identity under the names that Authgear's clients know. */
export function identityClaims(identity: Identity): Record<string, unknown> {
  const own = identity.claims as Record<string, unknown>;
  const standard = STANDARD_CLAIM[identity.type];
  if (standard === undefined) return own;
  const name = (field: string) => `https://authgear.com/claims/login_id/${field}`;
  return {
    ...own,
    [standard]: identity.normalized,
    [name('type')]: identity.type,
    [name('key')]: identity.type,
    [name('original_value')]: identity.original,
    [name('value')]: identity.normalized,
  };
}

/** The claims that are asked for, or all of them. */
export function pick(claims: Record<string, unknown>, names: readonly string[] | null | undefined) {
  if (names == null) return claims;
  return Object.fromEntries(Object.entries(claims).filter(([name]) => names.includes(name)));
}

IdentityRef.implement({
  description: 'How the system finds a user: a login id, or an account somewhere else.',
  interfaces: [Node, Entity],
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalID('Identity', id) }),
    type: t.field({
      type: IdentityType,
      resolve: (identity) => (isLoginID(identity) ? 'LOGIN_ID' : 'OAUTH'),
    }),
    claims: t.field({
      type: 'IdentityClaims',
      args: { names: t.arg.stringList() },
      resolve: (identity, { names }) => pick(identityClaims(identity), names),
    }),
  }),
});
