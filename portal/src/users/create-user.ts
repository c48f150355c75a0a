import { hasReason } from '../api/error.ts';
import { ask, graphql } from '../api/graphql.ts';
import { wordsForError } from '../layout/words-for-error.ts';
import { type Message, MessageFields } from '../messages/queries.ts';
import { t } from '../words/index.ts';
import type { LoginIDType } from './user-words.ts';

const CreateUserDocument = graphql(
  `
    mutation CreateUser($input: CreateUserInput!) {
      createUser(input: $input) {
        user {
          id
        }
        messages {
          ...MessageFields
        }
      }
    }
  `,
  [MessageFields],
);

interface NewUser {
  type: LoginIDType;
  loginID: string;
  /** Null for none, "" for one that the server generates. */
  password: string | null;
  sendPassword: boolean;
  setPasswordExpired: boolean;
}

/** Makes a user; answers with the global id and the mails that carry the password. */
export async function createUser(
  projectID: string,
  { type, loginID, ...rest }: NewUser,
): Promise<{ userID: string; messages: Message[] }> {
  const input = { definition: { loginID: { key: type, value: loginID } }, ...rest };
  const { user, messages } = (await ask(projectID, CreateUserDocument, { input })).createUser;
  return { userID: user.id, messages };
}

const INVALID_WORDS = {
  email: 'createUser.invalidEmail',
  phone: 'createUser.invalidPhone',
  username: 'createUser.invalidUsername',
} as const;

/** What to say beside the login id about a refusal; undefined where the refusal is about something else. */
export function loginIDError(error: unknown, type: LoginIDType): string | undefined {
  if (hasReason(error, 'InvalidLoginID')) return t(INVALID_WORDS[type]);
  if (hasReason(error, 'InvariantViolated')) {
    const cause = error.info.cause as { kind?: unknown } | undefined;
    return cause?.kind === 'DuplicatedIdentity' ? t('createUser.duplicate') : wordsForError(error);
  }
  return undefined;
}

/** Whether the refusal is about the kind of login id. */
export const isTypeRefused = (error: unknown): boolean =>
  hasReason(error, 'LoginIDTypeDisabled') || hasReason(error, 'InvalidLoginIDKey');
