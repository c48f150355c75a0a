/** Where each endpoint answers, named as Authgear names them. */
export const ROUTES = {
  authorization: '/oauth2/authorize',
  token: '/oauth2/token',
  userinfo: '/oauth2/userinfo',
  introspection: '/oauth2/introspect',
  revocation: '/oauth2/revoke',
  jwks: '/oauth2/jwks',
  end_session: '/oauth2/end_session',
} as const;

/** The hosted page of a login under way. */
export const loginPath = (uid: string): string => `/login/${uid}`;

/**
 * The way to the sign-up of a login under way. It leads over the login's own page: the library binds the login's
 * cookie to the path it leads to, and all pages of the login need it.
 */
export const signupPath = (uid: string): string => `${loginPath(uid)}?prompt=create`;

/** Where an authorization request goes on after its login. */
export const resumePath = (uid: string): string => `${ROUTES.authorization}/${uid}`;

/** What every app may read, wherever it runs: public keys and addresses. */
export const isPublic = (path: string): boolean => path.startsWith('/.well-known/') || path === ROUTES.jwks;
