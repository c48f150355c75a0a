import type { Command } from 'commander';
import { type Answer, answer } from './answer.ts';
import type { CommandIO } from './io.ts';
import { addNoun } from './noun.ts';
import { BY_COMMAND_LINE, withCapabilities } from './open.ts';
import { type CommonOptions, jsonOption, projectOption } from './options.ts';
import { facts, quoted } from './text.ts';

/** `latchkey admin-keys`: the keys that sign requests to the Admin API. */
export function addAdminKeys(program: Command, io: CommandIO): void {
  const keys = addNoun(program, 'admin-keys', 'keys that sign requests to the Admin API');

  keys
    .command('create')
    .description('make a key and print its private part, which is kept nowhere')
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((options: CommonOptions) => answer(io, options, () => createKey(io, options.project)));

  keys
    .command('revoke')
    .description('end a key at once')
    .argument('<key-id>', 'the id that was printed with the key')
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((keyID: string, options: CommonOptions) =>
      answer(io, options, () => revokeKey(io, options.project, keyID)),
    );
}

const createKey = (io: CommandIO, projectID: string): Promise<Answer> =>
  withCapabilities(io, async ({ projects }) => {
    const project = await projects.get(projectID);
    const { keyID, privateKeyPEM } = await projects.adminKeys(project).create(BY_COMMAND_LINE);
    const known = facts({ 'Project ID': projectID, 'Key ID': keyID });
    return {
      json: { projectID, keyID, privateKey: privateKeyPEM },
      text: `Key made. Keep its private part now: it is shown this once.\n\n${known}\n\n${privateKeyPEM.trimEnd()}`,
    };
  });

const revokeKey = (io: CommandIO, projectID: string, keyID: string): Promise<Answer> =>
  withCapabilities(io, async ({ projects }) => {
    const project = await projects.get(projectID);
    await projects.adminKeys(project).revoke(keyID, BY_COMMAND_LINE);
    return { json: { projectID, keyID }, text: `Key ${quoted(keyID)} is revoked.` };
  });
