import type { Command } from 'commander';
import { type Answer, answer } from '../answer.ts';
import type { CommandIO } from '../io.ts';
import { BY_COMMAND_LINE, withCapabilities } from '../open.ts';
import { type CommonOptions, jsonOption, projectOption } from '../options.ts';
import { quoted } from '../text.ts';

interface DeleteOptions extends CommonOptions {
  reason?: string;
}

/** `latchkey users delete` */
export function addDelete(users: Command, io: CommandIO): void {
  users
    .command('delete')
    .description('delete a user with all that is theirs, for good')
    .argument('<user>', 'a login ID or the user ID')
    .option('--reason <words>', 'for the audit log')
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((user: string, options: DeleteOptions) => answer(io, options, () => remove(io, user, options)));
}

const remove = (io: CommandIO, who: string, options: DeleteOptions): Promise<Answer> =>
  withCapabilities(io, async (capabilities) => {
    const [{ deleteUser }, { globalID }, { findUser }] = await Promise.all([
      import('../../accounts/index.ts'),
      import('../../platform/ids.ts'),
      import('./find-user.ts'),
    ]);
    const project = await capabilities.projects.get(options.project);
    const db = capabilities.database.forProject(project.id);
    const { id } = await findUser(db, who);
    const deletion = { userID: id, reason: options.reason || null };
    await deleteUser(db, { ...capabilities, project }, deletion, BY_COMMAND_LINE);
    return {
      json: { userID: globalID('User', id) },
      text: `${quoted(who)} is deleted, with all that was theirs.`,
    };
  });
