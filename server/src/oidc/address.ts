import { isLoopback } from '../platform/config.ts';
import type { LatchkeyError } from '../platform/errors.ts';

const LONGEST_URI = 2_000;

/** Makes the error for an address; `fix` says what is wrong with it and what to give instead. */
export type RefuseAddress = (fix: string, uri: string) => LatchkeyError;

/** An address as it is shown in an error. */
export const shown = (uri: string): string => uri.slice(0, 200);

/** Reads the address of an app, whatever its scheme: complete, without fragment, user and wildcard. */
export function readAddress(uri: string, refuse: RefuseAddress): URL {
  if (uri.length > LONGEST_URI)
    throw refuse(`"${shown(uri)}…" is longer than ${LONGEST_URI} characters`, uri);
  const url = URL.parse(uri);
  if (!url || !/^[\x21-\x7e]+$/.test(uri) || uri.includes('\\')) {
    throw refuse(
      `"${shown(uri)}" is no complete address: give one such as https://app.example.com/callback`,
      uri,
    );
  }
  if (uri.includes('#')) {
    throw refuse(`"${shown(uri)}" has a fragment: leave out the # and what follows it`, uri);
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse(`"${shown(uri)}" names a user: leave out what stands before the @`, uri);
  }
  if (url.hostname.includes('*') || url.hostname.includes('%2a')) {
    throw refuse(`"${shown(uri)}" has a wildcard: give every address in full`, uri);
  }
  return url;
}

/** Web addresses of an app: https, or http on the developer's own machine. */
export function requireWebAddress(uri: string, url: URL, refuse: RefuseAddress): void {
  if (url.protocol === 'https:') return;
  if (url.protocol !== 'http:') {
    throw refuse(`"${shown(uri)}" is no web address: give one that starts with https://`, uri);
  }
  if (!isLoopback(url.hostname)) {
    throw refuse(
      `"${shown(uri)}" would send secrets unencrypted: give https://${url.host} (http is for localhost only)`,
      uri,
    );
  }
}
