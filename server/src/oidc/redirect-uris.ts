import { isLoopback } from '../platform/config.ts';
import { invalidRedirectURI } from './errors.ts';
import type { ClientType } from './model.ts';

const LONGEST_URI = 2_000;
const MOST_URIS = 100;

/** Loopback names that a native app may listen on (RFC 8252, sections 7.3 and 8.3). */
const NATIVE_LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Web addresses of an app: https, or http on the developer's own machine. */
function checkWebURI(uri: string, url: URL): void {
  if (url.protocol === 'https:') return;
  if (url.protocol !== 'http:') {
    throw invalidRedirectURI(`"${uri}" is no web address: give one that starts with https://`, uri);
  }
  if (!isLoopback(url.hostname)) {
    throw invalidRedirectURI(
      `"${uri}" would send codes unencrypted: give https://${url.host} (http is for localhost only)`,
      uri,
    );
  }
}

/** Addresses of an installed app: claimed https, loopback http at any port, or a scheme of its own (RFC 8252, 7). */
function checkNativeURI(uri: string, url: URL): void {
  const loopback = NATIVE_LOOPBACK.has(url.hostname);
  if (url.protocol === 'http:' && !loopback) {
    throw invalidRedirectURI(
      `"${uri}" is http on another machine: give http://127.0.0.1, an https address, or a scheme of the app's own`,
      uri,
    );
  }
  if (url.protocol === 'https:' && isLoopback(url.hostname)) {
    throw invalidRedirectURI(`"${uri}" is https on the loopback: give http://${url.host}`, uri);
  }
  if (/^https?:$/.test(url.protocol)) return;
  if (!url.protocol.includes('.')) {
    throw invalidRedirectURI(
      `the scheme of "${uri}" could be any app's: give one that is a domain of yours in reverse, ` +
        'such as com.example.app://callback (RFC 8252, section 8.4)',
      uri,
    );
  }
}

function checkURI(type: ClientType, uri: string): void {
  const shown = uri.slice(0, 200);
  if (uri.length > LONGEST_URI) {
    throw invalidRedirectURI(`"${shown}…" is longer than ${LONGEST_URI} characters`, uri);
  }
  const url = URL.parse(uri);
  if (!url || !/^[\x21-\x7e]+$/.test(uri) || uri.includes('\\')) {
    throw invalidRedirectURI(
      `"${shown}" is no complete address: give one such as https://app.example.com/callback`,
      uri,
    );
  }
  if (uri.includes('#')) {
    throw invalidRedirectURI(`"${shown}" has a fragment: leave out the # and what follows it`, uri);
  }
  if (url.username !== '' || url.password !== '') {
    throw invalidRedirectURI(`"${shown}" names a user: leave out what stands before the @`, uri);
  }
  if (url.hostname.includes('*') || url.hostname.includes('%2a')) {
    throw invalidRedirectURI(`"${shown}" has a wildcard: give every address in full`, uri);
  }
  if (type === 'native') checkNativeURI(shown, url);
  else checkWebURI(shown, url);
}

/**
 * Checks where an app may have the browser sent back to. Addresses are compared letter by letter later on
 * (RFC 9700, section 2.1), so they are kept as they were given.
 *
 * @returns them without repetition
 * @throws Invalid `InvalidRedirectURI`, naming the address and the fix
 */
export function checkRedirectURIs(type: ClientType, uris: readonly string[]): string[] {
  const distinct = [...new Set(uris)];
  if (distinct.length > MOST_URIS) throw invalidRedirectURI(`give at most ${MOST_URIS} addresses`);
  for (const uri of distinct) checkURI(type, uri);
  return distinct;
}
