import { readAddress, requireWebAddress } from './address.ts';
import { invalidClientName, invalidClientType, invalidClientURI, invalidRedirectURI } from './errors.ts';
import { CLIENT_TYPES, type ClientURIField, type NewClient } from './model.ts';
import { checkRedirectURIs } from './redirect-uris.ts';

const LONGEST_NAME = 100;

/** What an app is made of, checked. */
export interface CheckedClient extends Required<Pick<NewClient, 'name' | 'type' | 'redirectURIs'>> {
  postLogoutRedirectURIs: string[];
  clientURI?: string;
  initiateLoginURI?: string;
  backchannelLogoutURI?: string;
}

function checkName(given: string): string {
  const name = given.trim();
  if (name === '' || name.length > LONGEST_NAME || /\p{Cc}/u.test(name)) {
    throw invalidClientName(LONGEST_NAME);
  }
  return name;
}

/** One of an app's own addresses; a text that is empty stands for none. */
function checkClientURI(field: ClientURIField, uri: string | null | undefined): string | undefined {
  if (uri === undefined || uri === null || uri === '') return undefined;
  const refuse = (fix: string) => invalidClientURI(field, fix, uri);
  requireWebAddress(uri, readAddress(uri, refuse), refuse);
  return uri;
}

/**
 * Checks what an app is to be made of, or to become.
 *
 * @returns its stored form: names trimmed, addresses without repetition
 * @throws Invalid `InvalidClientName`, `InvalidClientType`, `InvalidRedirectURI`, `InvalidClientURI`
 */
export function checkClient(input: NewClient): CheckedClient {
  const { type } = input;
  const name = checkName(input.name);
  if (!CLIENT_TYPES.includes(type)) throw invalidClientType(type);
  const redirectURIs = checkRedirectURIs(type, input.redirectURIs);
  const postLogoutRedirectURIs = checkRedirectURIs(
    type,
    input.postLogoutRedirectURIs ?? [],
    'postLogoutRedirectURIs',
  );
  const clientURI = checkClientURI('clientURI', input.clientURI);
  const initiateLoginURI = checkClientURI('initiateLoginURI', input.initiateLoginURI);
  const backchannelLogoutURI = checkClientURI('backchannelLogoutURI', input.backchannelLogoutURI);
  if (type === 'm2m') {
    if (redirectURIs.length + postLogoutRedirectURIs.length > 0) {
      throw invalidRedirectURI(
        redirectURIs.length > 0 ? 'redirectURIs' : 'postLogoutRedirectURIs',
        'an m2m app signs nobody in: leave its redirect URIs out',
      );
    }
    for (const [field, uri] of Object.entries({ initiateLoginURI, backchannelLogoutURI })) {
      if (uri === undefined) continue;
      throw invalidClientURI(field as ClientURIField, 'an m2m app signs nobody in: leave it out', uri);
    }
  } else if (redirectURIs.length === 0) {
    throw invalidRedirectURI(
      'redirectURIs',
      'give at least one redirect URI: where the app takes up the sign-in again',
    );
  }
  return {
    name,
    type,
    redirectURIs,
    postLogoutRedirectURIs,
    clientURI,
    initiateLoginURI,
    backchannelLogoutURI,
  };
}
