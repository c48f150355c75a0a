import type { Command } from 'commander';
import { type Answer, answer } from '../answer.ts';
import type { CommandIO } from '../io.ts';
import { BY_COMMAND_LINE, withCapabilities } from '../open.ts';
import { type CommonOptions, jsonOption, projectOption } from '../options.ts';
import { addPasswordOptions, type PasswordOptions, readPassword } from '../password-source.ts';
import { facts } from '../text.ts';
import { usageError } from '../usage.ts';

const LOGIN_ID_OPTIONS = ['email', 'phone', 'username'] as const;

interface CreateOptions extends CommonOptions, PasswordOptions {
  email?: string;
  phone?: string;
  username?: string;
  send?: boolean;
  expire?: boolean;
}

/** `latchkey users create` */
export function addCreate(users: Command, io: CommandIO): void {
  const create = users
    .command('create')
    .description('make a user; without a password unless one is given or generated')
    .option('--email <address>', 'an e-mail address to sign in with')
    .option('--phone <number>', 'a phone number to sign in with, such as +4930123456')
    .option('--username <name>', 'a username to sign in with');
  addPasswordOptions(create, { generate: true })
    .option('--send', "mail the password to the user's e-mail address")
    .option('--expire', 'ask for another password at the first login')
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((options: CreateOptions, command: Command) =>
      answer(io, options, async () => {
        if (LOGIN_ID_OPTIONS.every((type) => options[type] === undefined)) {
          usageError(command, 'give at least one of --email, --phone, --username');
        }
        return makeUser(io, options, await readPassword(io, command, options));
      }),
    );
}

const makeUser = (io: CommandIO, options: CreateOptions, given: string | undefined): Promise<Answer> =>
  withCapabilities(io, async (capabilities) => {
    const [{ createUser }, { globalID }, { mailWords }] = await Promise.all([
      import('../../passwords/index.ts'),
      import('../../platform/ids.ts'),
      import('./mail-words.ts'),
    ]);
    const project = await capabilities.projects.get(options.project);
    const loginIDs = LOGIN_ID_OPTIONS.flatMap((type) => {
      const value = options[type];
      return value === undefined ? [] : [{ type, value }];
    });
    const { userID, messageIDs, generated } = await createUser(
      capabilities.database.forProject(project.id),
      { ...capabilities, project },
      {
        loginIDs,
        password: options.generate ? '' : given,
        sendPassword: options.send ?? false,
        setPasswordExpired: options.expire ?? false,
      },
      BY_COMMAND_LINE,
    );
    const id = globalID('User', userID);
    const known = facts({
      'User ID': id,
      ...Object.fromEntries(loginIDs.map(({ type, value }) => [TITLES[type], value])),
      Password: generated,
      Mail: await mailWords(capabilities, project, messageIDs),
    });
    return { json: { userID: id, password: generated }, text: `User made.\n\n${known}` };
  });

const TITLES = { email: 'E-mail', phone: 'Phone', username: 'Username' } as const;
