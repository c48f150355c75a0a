import type { Command } from 'commander';
import { type Answer, answer } from '../answer.ts';
import type { CommandIO } from '../io.ts';
import { BY_COMMAND_LINE, withCapabilities } from '../open.ts';
import { type CommonOptions, jsonOption, projectOption } from '../options.ts';
import { quoted } from '../text.ts';

interface DisableOptions extends CommonOptions {
  reason?: string;
}

/** `latchkey users disable` */
export function addDisable(users: Command, io: CommandIO): void {
  users
    .command('disable')
    .description('let nobody sign in to an account any more, and sign the user out everywhere')
    .argument('<user>', 'a login ID or the user ID')
    .option('--reason <words>', 'for the user to read at the login')
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((user: string, options: DisableOptions) =>
      answer(io, options, () => setDisabled(io, user, true, options)),
    );
}

/** `latchkey users enable` */
export function addEnable(users: Command, io: CommandIO): void {
  users
    .command('enable')
    .description('let the user of a disabled account sign in again')
    .argument('<user>', 'a login ID or the user ID')
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((user: string, options: CommonOptions) =>
      answer(io, options, () => setDisabled(io, user, false, options)),
    );
}

const setDisabled = (
  io: CommandIO,
  who: string,
  isDisabled: boolean,
  options: DisableOptions,
): Promise<Answer> =>
  withCapabilities(io, async (capabilities) => {
    const [{ setDisabledStatus }, { globalID }, { findUser }] = await Promise.all([
      import('../../accounts/index.ts'),
      import('../../platform/ids.ts'),
      import('./find-user.ts'),
    ]);
    const project = await capabilities.projects.get(options.project);
    const db = capabilities.database.forProject(project.id);
    const user = await findUser(db, who);
    const request = {
      userID: user.id,
      isDisabled,
      reason: options.reason || null,
      temporarilyDisabledFrom: null,
      temporarilyDisabledUntil: null,
    };
    await setDisabledStatus(db, { ...capabilities, project }, request, BY_COMMAND_LINE);
    return {
      json: { userID: globalID('User', user.id) },
      text: isDisabled
        ? `${quoted(who)} is disabled, and every session of theirs has ended.`
        : `${quoted(who)} is enabled again.`,
    };
  });
