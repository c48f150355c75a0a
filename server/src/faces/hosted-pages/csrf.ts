import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { forbidden } from '../../platform/errors.ts';
import { randomToken, safeEqual } from '../../platform/ids.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { isSecure, type PageEnv } from './http.ts';

const COOKIE = 'latchkey_csrf';
const PURPOSE = 'hosted-pages-csrf';
const LIFETIME_SECONDS = 24 * 60 * 60;

/**
 * Double submit, bound by an HMAC (OWASP CSRF Prevention Cheat Sheet): a random cookie, and in the form what
 * only this server can make of it for this project. Who can plant a cookie still cannot make the field.
 */
export function csrfToken(c: Context<PageEnv>, secrets: Secrets): string {
  const secure = isSecure(c);
  let seed = getCookie(c, COOKIE, secure ? 'host' : undefined);
  if (seed?.length !== 43) {
    seed = randomToken(32);
    setCookie(c, COOKIE, seed, {
      path: '/',
      httpOnly: true,
      secure,
      sameSite: 'Lax',
      maxAge: LIFETIME_SECONDS,
      ...(secure ? { prefix: 'host' } : {}),
    });
  }
  return tokenOf(c, secrets, seed);
}

/** Refuses a request that did not come of one of our own forms in the same browser. */
export function assertNotForged(c: Context<PageEnv>, secrets: Secrets, given: string | undefined): void {
  const site = c.req.header('sec-fetch-site');
  const seed = getCookie(c, COOKIE, isSecure(c) ? 'host' : undefined);
  // Under `Referrer-Policy: no-referrer` browsers send `Origin: null` with our own forms, so it tells nothing.
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (foreign || !seed || !given || !safeEqual(given, tokenOf(c, secrets, seed))) {
    throw forbidden('ForgedRequest', 'the form does not carry the token of this browser');
  }
}

const tokenOf = (c: Context<PageEnv>, secrets: Secrets, seed: string): string =>
  secrets.hmac(PURPOSE, `${c.get('project').id}\n${seed}`).toString('base64url');
