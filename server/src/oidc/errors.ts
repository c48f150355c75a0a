import { invalid, type LatchkeyError, notFound } from '../platform/errors.ts';
import { CLIENT_TYPES, type ClientType, type ClientURIField } from './model.ts';

/** Every reason an act of this capability can be refused for. */
export type OidcErrorReason =
  | 'ClientHasNoSecret'
  | 'ClientNotFound'
  | 'InvalidClientName'
  | 'InvalidClientType'
  | 'InvalidClientURI'
  | 'InvalidRedirectURI'
  | 'InvalidGrant'
  | 'LoginNotFound';

type Make = (reason: string, message: string, info?: Record<string, unknown>) => LatchkeyError;

/** Pins the reason to the list above. */
const refuse = (make: Make, reason: OidcErrorReason, message: string, info?: Record<string, unknown>) =>
  make(reason, message, info);

export const invalidClientName = (longest: number) =>
  refuse(
    invalid,
    'InvalidClientName',
    `give the app a name of 1 to ${longest} characters on one line: people read it when they sign in`,
  );

export const invalidClientType = (type: string) =>
  refuse(
    invalid,
    'InvalidClientType',
    `"${type.slice(0, 40)}" is no type of app: give ${CLIENT_TYPES.join(', ')}`,
  );

/** @param fix what to give instead */
export const invalidRedirectURI = (
  field: 'redirectURIs' | 'postLogoutRedirectURIs',
  fix: string,
  uri?: string,
) => refuse(invalid, 'InvalidRedirectURI', fix, { field, uri: uri?.slice(0, 200) });

/** @param fix what to give instead */
export const invalidClientURI = (field: ClientURIField, fix: string, uri: string) =>
  refuse(invalid, 'InvalidClientURI', `${field}: ${fix}`, { field, uri: uri.slice(0, 200) });

export const clientNotFound = () => refuse(notFound, 'ClientNotFound', 'this project has no such app');

export const clientHasNoSecret = (type: ClientType) =>
  refuse(
    invalid,
    'ClientHasNoSecret',
    `a ${type} app could not keep a secret and has none: it proves itself by PKCE`,
  );

/** One error for whatever is wrong with a code, so that nothing can be learned from it. */
export const invalidGrant = () =>
  refuse(invalid, 'InvalidGrant', 'the sign-in could not be completed: start it again');

export const loginNotFound = () =>
  refuse(notFound, 'LoginNotFound', 'this sign-in is over or ran out: start it again from the app');
