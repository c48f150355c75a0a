import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { isSecure, type PortalContext } from './http.ts';

const SESSION = 'latchkey_portal';
const PENDING = 'latchkey_portal_login';
/** How long somebody may take to sign in. */
const PENDING_SECONDS = 60 * 60;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** A sign-in that was begun in this browser. */
export interface PendingSignIn {
  state: string;
  codeVerifier: string;
  to: string;
}

/** Over https the names carry `__Host-`, so that no neighbouring host can plant them (RFC 6265bis, 4.1.3.2). */
const options = (c: PortalContext) => ({
  path: '/',
  httpOnly: true,
  secure: isSecure(c),
  sameSite: 'Lax' as const,
  ...(isSecure(c) ? { prefix: 'host' as const } : {}),
});

const read = (c: PortalContext, name: string): string | undefined =>
  getCookie(c, name, isSecure(c) ? 'host' : undefined);

/** The id of the portal's session in this browser. */
export function readSessionID(c: PortalContext): string | undefined {
  const id = read(c, SESSION);
  return id !== undefined && TOKEN.test(id) ? id : undefined;
}

export const writeSessionID = (c: PortalContext, id: string): void => setCookie(c, SESSION, id, options(c));

export const forgetSessionID = (c: PortalContext): void => void deleteCookie(c, SESSION, options(c));

export function writePending(c: PortalContext, { state, codeVerifier, to }: PendingSignIn): void {
  setCookie(c, PENDING, `${state}.${codeVerifier}.${to}`, { ...options(c), maxAge: PENDING_SECONDS });
}

/** The sign-in this browser has begun; it counts once. */
export function takePending(c: PortalContext): PendingSignIn | undefined {
  const value = read(c, PENDING);
  if (value === undefined) return undefined;
  deleteCookie(c, PENDING, options(c));
  const [state = '', codeVerifier = '', ...to] = value.split('.');
  return TOKEN.test(state) && TOKEN.test(codeVerifier)
    ? { state, codeVerifier, to: to.join('.') }
    : undefined;
}
