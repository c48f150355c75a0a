import { createHmac } from 'node:crypto';
import { getCookie, setCookie } from 'hono/cookie';
import { randomToken, safeEqual } from '../../platform/ids.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { forgedRequest } from './errors.ts';
import { isSecure, type PageContext } from './http.ts';

const COOKIE = 'latchkey_csrf';
const PURPOSE = 'hosted-pages-csrf';
const SEED = /^[\w-]{43}$/;

/**
 * Double submit, bound by an HMAC (OWASP CSRF Prevention Cheat Sheet): a random cookie, and in the form what
 * only this server makes of it for this project. One cookie serves all tabs of a browser and lives as long as
 * the browser does, so that no form outlives its cookie. Over https its name starts with `__Host-`, so that no
 * neighboring domain can plant one.
 */
export function csrfToken(c: PageContext, secrets: Secrets): string {
  let seed = readSeed(c);
  if (!seed) {
    seed = randomToken(32);
    const secure = isSecure(c);
    setCookie(c, COOKIE, seed, {
      path: '/',
      httpOnly: true,
      secure,
      sameSite: 'Lax',
      ...(secure ? { prefix: 'host' } : {}),
    });
  }
  return secrets.hmac(PURPOSE, textOf(c, seed)).toString('base64url');
}

/**
 * Refuses a request that did not come of one of our own forms in the same browser.
 * @throws Forbidden `ForgedRequest`
 */
export function assertNotForged(c: PageContext, secrets: Secrets, given: string | undefined): void {
  const site = c.req.header('sec-fetch-site');
  // Under `Referrer-Policy: no-referrer` browsers send `Origin: null` with our own forms, so it tells nothing.
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
  const seed = readSeed(c);
  if (foreign || !seed || !given || !isTokenOf(secrets, textOf(c, seed), given)) {
    throw forgedRequest();
  }
}

/** Every listed secret counts, so that forms stay good while `LATCHKEY_SECRET` is being replaced. */
const isTokenOf = (secrets: Secrets, text: string, given: string): boolean =>
  secrets
    .keys(PURPOSE)
    .some((key) => safeEqual(given, createHmac('sha256', key).update(text).digest('base64url')));

const textOf = (c: PageContext, seed: string): string => `${c.get('project').id}\n${seed}`;

function readSeed(c: PageContext): string | undefined {
  const seed = getCookie(c, COOKIE, isSecure(c) ? 'host' : undefined);
  return seed && SEED.test(seed) ? seed : undefined;
}
