import { isLoopback } from '../platform/config.ts';
import { type RefuseAddress, readAddress, requireWebAddress, shown } from './address.ts';
import { invalidRedirectURI } from './errors.ts';
import type { ClientType } from './model.ts';

const MOST_URIS = 100;

/** Loopback names that a native app may listen on (RFC 8252, sections 7.3 and 8.3). */
const NATIVE_LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Addresses of an installed app: claimed https, loopback http at any port, or a scheme of its own (RFC 8252, 7). */
function requireNativeAddress(uri: string, url: URL, refuse: RefuseAddress): void {
  const loopback = NATIVE_LOOPBACK.has(url.hostname);
  if (url.protocol === 'http:' && !loopback) {
    throw refuse(
      `"${shown(uri)}" is http on another machine: give http://127.0.0.1, an https address, ` +
        "or a scheme of the app's own",
      uri,
    );
  }
  if (url.protocol === 'https:' && isLoopback(url.hostname)) {
    throw refuse(`"${shown(uri)}" is https on the loopback: give http://${url.host}`, uri);
  }
  if (/^https?:$/.test(url.protocol)) return;
  if (!url.protocol.includes('.')) {
    throw refuse(
      `the scheme of "${shown(uri)}" could be any app's: give one that is a domain of yours in reverse, ` +
        'such as com.example.app://callback (RFC 8252, section 8.4)',
      uri,
    );
  }
}

/**
 * Checks where an app may have the browser sent back to. Addresses are compared letter by letter later on
 * (RFC 9700, section 2.1), so they are kept as they were given.
 *
 * @param field where they were given, for the error
 * @returns them without repetition
 * @throws Invalid `InvalidRedirectURI`, naming the address and the fix
 */
export function checkRedirectURIs(
  type: ClientType,
  uris: readonly string[],
  field: 'redirectURIs' | 'postLogoutRedirectURIs' = 'redirectURIs',
): string[] {
  const refuse = (fix: string, uri?: string) => invalidRedirectURI(field, fix, uri);
  const requireAddress = type === 'native' ? requireNativeAddress : requireWebAddress;
  const distinct = [...new Set(uris)];
  if (distinct.length > MOST_URIS) throw refuse(`give at most ${MOST_URIS} addresses`);
  for (const uri of distinct) requireAddress(uri, readAddress(uri, refuse), refuse);
  return distinct;
}
