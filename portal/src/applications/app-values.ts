import { ApiError, hasReason } from '../api/error.ts';
import { wordsForError } from '../layout/words-for-error.ts';
import type { Client, ClientInput, ClientType } from './queries.ts';

/** What the form of an app holds; lists of addresses stand one a line. */
export interface AppValues {
  name: string;
  type: ClientType;
  redirectURIs: string;
  postLogoutRedirectURIs: string;
  clientURI: string;
  initiateLoginURI: string;
  backchannelLogoutURI: string;
}

export const NEW_APP: AppValues = {
  name: '',
  type: 'WEB',
  redirectURIs: '',
  postLogoutRedirectURIs: '',
  clientURI: '',
  initiateLoginURI: '',
  backchannelLogoutURI: '',
};

/** Whether apps of this type sign anybody in. */
export const signsIn = (type: ClientType): boolean => type !== 'M2M';

/** Whether apps of this type have a secret. */
export const hasSecret = (type: ClientType): boolean => type === 'WEB' || type === 'M2M';

export const valuesOf = (client: Client): AppValues => ({
  name: client.name,
  type: client.type,
  redirectURIs: client.redirectURIs.join('\n'),
  postLogoutRedirectURIs: client.postLogoutRedirectURIs.join('\n'),
  clientURI: client.clientURI ?? '',
  initiateLoginURI: client.initiateLoginURI ?? '',
  backchannelLogoutURI: client.backchannelLogoutURI ?? '',
});

const lines = (text: string): string[] =>
  text
    .split(/\s+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** As the server takes it. What an app of this type does not have is left out, whatever the fields still hold. */
export function inputFrom(values: AppValues): ClientInput {
  const one = (text: string): string | null => text.trim() || null;
  const many = (text: string): string[] => (signsIn(values.type) ? lines(text) : []);
  const ofSignIn = (text: string): string | null => (signsIn(values.type) ? one(text) : null);
  return {
    name: values.name.trim(),
    redirectURIs: many(values.redirectURIs),
    postLogoutRedirectURIs: many(values.postLogoutRedirectURIs),
    clientURI: one(values.clientURI),
    initiateLoginURI: ofSignIn(values.initiateLoginURI),
    backchannelLogoutURI: ofSignIn(values.backchannelLogoutURI),
  };
}

/** Whether what must be there is there. */
export const isComplete = (values: AppValues): boolean =>
  values.name.trim() !== '' && (!signsIn(values.type) || lines(values.redirectURIs).length > 0);

const FIELDS: readonly string[] = Object.keys(NEW_APP);

/** What to say beside which field about a refusal; `form` where it belongs to none. The server names the address. */
export function appErrors(error: unknown): Partial<Record<keyof AppValues | 'form', string>> {
  if (hasReason(error, 'InvalidClientName')) return { name: wordsForError(error) };
  const field = error instanceof ApiError ? error.info.field : undefined;
  if (typeof field === 'string' && FIELDS.includes(field)) {
    // The field's own label stands above it.
    const words = wordsForError(error).replace(new RegExp(`^${field}: `, 'i'), '');
    return { [field]: words.charAt(0).toUpperCase() + words.slice(1) };
  }
  return { form: wordsForError(error) };
}
