import type { HostedPagesDeps } from './deps.ts';
import { type SealedCookie, sealedCookie } from './sealed-cookie.ts';

/** What was asked for, while one of the account's addresses is still to be chosen. */
export interface ChoosingRecovery {
  loginID: string;
  method: 'link' | 'code';
  destinations: readonly { id: string; masked: string }[];
  login?: BegunIn;
}

/** The login that a recovery is begun in: the way back, and the language of its pages. */
export interface BegunIn {
  uid: string;
  clientID?: string;
  uiLocales?: string;
}

/** A recovery that this browser has begun. Its address is the same for everybody; this is what opens it. */
export interface BegunRecovery {
  attemptID: string;
  /** As it was typed. */
  loginID: string;
  login?: BegunIn;
  /** A second message was asked for. */
  sentAgain?: boolean;
  /** The code was right, and what comes next is the new password. */
  proved?: boolean;
}

/** A recovery that is over. */
export interface FinishedRecovery {
  loginID: string;
  /** The app and the login of it that it was begun in. */
  clientID?: string;
  uid?: string;
}

/** What is filled in on a login page, and of which login; of whichever comes next where none is named. */
export interface TypedLoginID {
  loginID: string;
  uid?: string;
}

export interface RecoveryCookies {
  choosing: SealedCookie<ChoosingRecovery>;
  begun: SealedCookie<BegunRecovery>;
  token: SealedCookie<{ token: string; loginIDs: readonly string[] }>;
  finished: SealedCookie<FinishedRecovery>;
  typed: SealedCookie<TypedLoginID>;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * What the pages of a recovery keep in the browser. Login ids and tokens stand in none of their addresses, because
 * addresses are kept in histories, logs and screenshots.
 */
export const recoveryCookies = (deps: Pick<HostedPagesDeps, 'secrets' | 'clock'>): RecoveryCookies => ({
  choosing: sealedCookie(deps, {
    name: 'latchkey_recovery_to',
    path: '/forgot-password',
    lifetimeSeconds: HOUR,
  }),
  begun: sealedCookie(deps, { name: 'latchkey_recovery', path: '/forgot-password', lifetimeSeconds: HOUR }),
  token: sealedCookie(deps, { name: 'latchkey_reset', path: '/reset-password', lifetimeSeconds: HOUR }),
  finished: sealedCookie(deps, {
    name: 'latchkey_recovered',
    path: '/reset-password',
    lifetimeSeconds: HOUR,
  }),
  typed: sealedCookie(deps, { name: 'latchkey_login_id', path: '/login', lifetimeSeconds: 10 * MINUTE }),
});
