import type { Command } from 'commander';
import { type Answer, answer } from '../answer.ts';
import type { CommandIO } from '../io.ts';
import { BY_COMMAND_LINE, withCapabilities } from '../open.ts';
import { type CommonOptions, jsonOption, projectOption } from '../options.ts';
import { addPasswordOptions, type PasswordOptions, readPassword } from '../password-source.ts';
import { facts, quoted } from '../text.ts';

interface ResetOptions extends CommonOptions, PasswordOptions {
  send?: boolean;
  expire?: boolean;
}

/** `latchkey users reset-password` */
export function addResetPassword(users: Command, io: CommandIO): void {
  const reset = users
    .command('reset-password')
    .description('set a new password and sign the user out everywhere; it is generated unless one is given')
    .argument('<user>', 'a login ID or the user ID');
  addPasswordOptions(reset, { generate: true })
    .option('--send', "mail the password to the user's e-mail addresses")
    .option('--expire', 'ask for another password at the next login')
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((user: string, options: ResetOptions, command: Command) =>
      answer(io, options, async () => resetTo(io, user, options, await readPassword(io, command, options))),
    );
}

const resetTo = (
  io: CommandIO,
  who: string,
  options: ResetOptions,
  password: string | undefined,
): Promise<Answer> =>
  withCapabilities(io, async (capabilities) => {
    const [{ resetPassword }, { globalID }, { findUser }, { mailWords }] = await Promise.all([
      import('../../passwords/index.ts'),
      import('../../platform/ids.ts'),
      import('./find-user.ts'),
      import('./mail-words.ts'),
    ]);
    const project = await capabilities.projects.get(options.project);
    const db = capabilities.database.forProject(project.id);
    const user = await findUser(db, who);
    const { messageIDs, generated } = await resetPassword(
      db,
      { ...capabilities, project },
      {
        userID: user.id,
        password,
        sendPassword: options.send ?? false,
        setPasswordExpired: options.expire ?? false,
        revokeSessions: true,
      },
      BY_COMMAND_LINE,
    );
    const id = globalID('User', user.id);
    const known = facts({
      'User ID': id,
      Password: generated,
      Mail: await mailWords(capabilities, project, messageIDs),
      'Next login': options.expire ? 'asks for another password' : undefined,
    });
    return {
      json: { userID: id, password: generated },
      text: `The password of ${quoted(who)} is changed, and every session of theirs has ended.\n\n${known}`,
    };
  });
