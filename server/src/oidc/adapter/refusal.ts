import type { Library } from '../library.ts';

/**
 * The error for a write that came too late: what it rests on was revoked while the request was under way.
 * An app that waits for the browser to come back is told to sign in anew, one that redeems a token that it
 * is void (RFC 6749, section 5.2; OpenID Connect Core 1.0, section 3.1.2.6).
 */
export function endedMeanwhile({ Provider, errors }: Library): Error {
  const route = Provider.ctx?.oidc.route;
  return route === 'authorization' || route === 'resume'
    ? new errors.LoginRequired('the sign-in ended meanwhile')
    : new errors.InvalidGrant('the sign-in ended meanwhile');
}
