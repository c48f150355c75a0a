import { invalid, notFound, unavailable } from '../platform/errors.ts';
import { quoted } from './text.ts';

/** Every reason a command itself ends for; those of the acts come on top. */
export type CommandErrorReason =
  | 'CannotStart'
  | 'DatabaseUnreachable'
  | 'DatabaseUnusable'
  | 'EmbeddedPostgresUnusable'
  | 'InvalidConfiguration'
  | 'NoPassword'
  | 'NodeTooOld'
  | 'UserNotFound'
  | 'WrongSecret'
  | 'WrongUsage';

export const noPassword = () => invalid('NoPassword' satisfies CommandErrorReason, 'no password was entered');

/** @param message what runs and what is needed */
export const unfitNode = (message: string) => unavailable('NodeTooOld' satisfies CommandErrorReason, message);

/** @param text what somebody typed to name the user */
export const noSuchUser = (projectID: string, text: string) =>
  notFound(
    'UserNotFound' satisfies CommandErrorReason,
    `the project "${projectID}" has no user ${quoted(text)}`,
  );
