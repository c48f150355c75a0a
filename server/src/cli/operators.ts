import { type Command, Option } from 'commander';
import type { Capabilities } from '../capabilities.ts';
import type { Role } from '../projects/index.ts';
import { type Answer, answer } from './answer.ts';
import type { CommandIO } from './io.ts';
import { addNoun } from './noun.ts';
import { BY_COMMAND_LINE, withCapabilities } from './open.ts';
import { type CommonOptions, jsonOption, projectOption } from './options.ts';
import { addPasswordOptions, askPassword, type PasswordOptions, readPassword } from './password-source.ts';
import { facts } from './text.ts';

const ROLES: readonly Role[] = ['viewer', 'editor', 'owner'];

interface CreateOptions extends CommonOptions, PasswordOptions {
  email: string;
  role: Role;
}

/** `latchkey operators`: the people who work on projects in the portal. */
export function addOperators(program: Command, io: CommandIO): void {
  const operators = addNoun(program, 'operators', 'the people who work on projects in the portal');
  const create = operators
    .command('create')
    .description('make an operator, or let one who exists work on another project')
    .requiredOption('--email <address>', 'what the operator signs in with');
  addPasswordOptions(create, { generate: false })
    .addOption(projectOption())
    .addOption(new Option('--role <role>', 'what they may do there').choices(ROLES).default('owner'))
    .addOption(jsonOption())
    .action((options: CreateOptions, command: Command) =>
      answer(io, options, async () => makeOperator(io, options, await readPassword(io, command, options))),
    );
}

/** Editors and API keys make users of the home project with passwords they know. */
const KEPT = 'kept: this is a user from before; reset it where others may know it';

const makeOperator = (io: CommandIO, options: CreateOptions, given: string | undefined): Promise<Answer> =>
  withCapabilities(io, async (capabilities) => {
    const [{ createOperator }, { globalID }] = await Promise.all([
      import('../passwords/index.ts'),
      import('../platform/ids.ts'),
    ]);
    const { email, role, project: projectID } = options;
    const home = await capabilities.projects.get('home');
    const db = capabilities.database.forProject(home.id);
    const mustAsk = given === undefined && io.stdin.isTTY && !(await isUser(capabilities, email));
    const password = mustAsk ? await askPassword(io) : given;
    const { userID, generated } = await createOperator(
      db,
      { ...capabilities, project: home },
      { email, password, projectID, role },
      BY_COMMAND_LINE,
    );
    const id = globalID('User', userID);
    const words = password === undefined ? (generated ?? KEPT) : undefined;
    const known = { 'User ID': id, 'E-mail': email, Project: projectID, Role: role, Password: words };
    return { json: { userID: id, password: generated }, text: `Operator made.\n\n${facts(known)}` };
  });

/** Whether somebody of the home project signs in with this address, and so has a password already. */
async function isUser({ database }: Capabilities, email: string): Promise<boolean> {
  const { normalizeLoginID, userStore } = await import('../users/index.ts');
  const { uniqueKey } = normalizeLoginID('email', email);
  return (await userStore(database.forProject('home')).findByIdentity('email', uniqueKey)) !== undefined;
}
