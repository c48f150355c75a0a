import { ask, graphql } from '../../api/graphql.ts';
import { type Message, MessageFields } from '../../messages/queries.ts';

const SetPasswordExpiredDocument = graphql(`
  mutation SetPasswordExpired($userID: ID!, $expired: Boolean!) {
    setPasswordExpired(input: { userID: $userID, expired: $expired }) {
      user {
        id
        primaryPassword {
          id
          expireAfter
        }
      }
    }
  }
`);

/** Has the next login with the present password choose another one, or takes that back. */
export const setPasswordExpired = (projectID: string, userID: string, expired: boolean): Promise<unknown> =>
  ask(projectID, SetPasswordExpiredDocument, { userID, expired });

const ResetAccountLockoutDocument = graphql(`
  mutation ResetAccountLockout($userID: ID!) {
    resetAccountLockout(input: { userID: $userID }) {
      user {
        id
      }
    }
  }
`);

/** Unlocks an account that too many wrong passwords have locked. */
export const resetAccountLockout = (projectID: string, userID: string): Promise<unknown> =>
  ask(projectID, ResetAccountLockoutDocument, { userID });

const SendRecoveryLinkDocument = graphql(`
  mutation SendRecoveryLink($loginID: ID!) {
    sendResetPasswordMessage(input: { loginID: $loginID })
  }
`);

/** Mails the owner of a login ID a link to choose a new password with. */
export const sendRecoveryLink = (projectID: string, loginID: string): Promise<unknown> =>
  ask(projectID, SendRecoveryLinkDocument, { loginID });

const ResetPasswordDocument = graphql(
  `
    mutation ResetPassword($input: ResetPasswordInput!) {
      resetPassword(input: $input) {
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

/** A reset as the form asks for it; the password "" has one generated. */
interface ResetInput {
  userID: string;
  password: string;
  sendPassword: boolean;
  setPasswordExpired: boolean;
  revokeSessions: boolean;
}

/** Gives a user another password; answers with the mails that carry it. */
export async function resetPassword(projectID: string, input: ResetInput): Promise<Message[]> {
  return (await ask(projectID, ResetPasswordDocument, { input })).resetPassword.messages;
}
