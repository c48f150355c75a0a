import { t } from '../words/index.ts';

export type LoginIDType = 'email' | 'phone' | 'username';

/** A text that a user signs in with. */
export interface LoginID {
  id: string;
  type: LoginIDType;
  /** As it was entered. */
  value: string;
  /** As it is compared. */
  normalized: string;
}

interface WithLoginIDs {
  loginIDs: readonly { id: string; claims: Record<string, unknown> }[];
}

interface WithVerifiedClaims {
  verifiedClaims: readonly { name: string; value: string }[];
}

const CLAIM = 'https://authgear.com/claims/login_id';

/** The word for each kind of login id. */
export const LOGIN_ID_WORDS = {
  email: 'user.email',
  phone: 'user.phone',
  username: 'user.username',
} as const;

/** The OpenID Connect claim that says whether a login id is its owner's. */
const STANDARD_CLAIM = { email: 'email', phone: 'phone_number', username: 'preferred_username' } as const;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const isLoginIDType = (type: string | undefined): type is LoginIDType =>
  type !== undefined && Object.hasOwn(LOGIN_ID_WORDS, type);

/** The login ids of a user, in the order they were added. */
export function loginIDsOf(user: WithLoginIDs): LoginID[] {
  return user.loginIDs.flatMap(({ id, claims }) => {
    const type = text(claims[`${CLAIM}/type`]);
    const normalized = text(claims[`${CLAIM}/value`]);
    const value = text(claims[`${CLAIM}/original_value`]) ?? normalized;
    return value && isLoginIDType(type) ? [{ id, type, value, normalized: normalized ?? value }] : [];
  });
}

/** The login ids of one type. */
export const valuesOf = (user: WithLoginIDs, type: LoginIDType): string[] =>
  loginIDsOf(user)
    .filter((loginID) => loginID.type === type)
    .map(({ value }) => value);

/** Whether the user has proved that the login id is theirs. */
export const isVerified = ({ type, normalized }: LoginID, { verifiedClaims }: WithVerifiedClaims): boolean =>
  verifiedClaims.some(({ name, value }) => name === STANDARD_CLAIM[type] && value === normalized);

/** What to call a user: the name, else a login id. */
export function nameOf(user: WithLoginIDs & { formattedName: string | null }): string {
  return text(user.formattedName) ?? loginIDsOf(user)[0]?.value ?? t('user.noName');
}

/** How a user is reached: the login ids that are not already the name. */
export const contactOf = (user: WithLoginIDs & { formattedName: string | null }): string =>
  loginIDsOf(user)
    .map(({ value }) => value)
    .filter((value) => value !== nameOf(user))
    .join(' · ');
