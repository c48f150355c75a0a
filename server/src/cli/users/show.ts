import type { Command } from 'commander';
import { type Answer, answer } from '../answer.ts';
import type { CommandIO } from '../io.ts';
import { withCapabilities } from '../open.ts';
import { type CommonOptions, jsonOption, projectOption } from '../options.ts';
import { facts, table, time } from '../text.ts';

/** `latchkey users show` */
export function addShow(users: Command, io: CommandIO): void {
  users
    .command('show')
    .description('show a user, the state of the password, and what became of mails to them')
    .argument('<user>', 'a login ID or the user ID')
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((user: string, options: CommonOptions) =>
      answer(io, options, () => showUser(io, user, options.project)),
    );
}

const showUser = (io: CommandIO, who: string, projectID: string): Promise<Answer> =>
  withCapabilities(io, async ({ clock, database, projects }) => {
    const [{ listMessages }, { passwordOf }, { userStore }, { describeUser }, { findUser }] =
      await Promise.all([
        import('../../messages/index.ts'),
        import('../../passwords/index.ts'),
        import('../../users/index.ts'),
        import('./describe.ts'),
        import('./find-user.ts'),
      ]);
    const project = await projects.get(projectID);
    const db = database.forProject(project.id);
    const user = await findUser(db, who);
    const described = describeUser(user, await userStore(db).identitiesOf(user.id));
    const stored = await passwordOf(db, user.id);
    const password = stored
      ? {
          changedAt: stored.updatedAt,
          mustChange: stored.expireAfter !== null && stored.expireAfter <= clock.now(),
        }
      : null;
    const messages = (await listMessages(db, clock, { userID: user.id })).map(
      ({ type, recipient, state, reason, createdAt }) => ({ type, recipient, state, reason, createdAt }),
    );
    const shown = { ...described, password, messages };
    return { json: shown, text: inWords(shown) };
  });

interface Shown extends ReturnType<typeof import('./describe.ts').describeUser> {
  password: { changedAt: Date; mustChange: boolean } | null;
  messages: { type: string; recipient: string; state: string; reason: string | null; createdAt: Date }[];
}

function inWords({ loginIDs, password, messages, ...user }: Shown): string {
  const known = facts({
    'User ID': user.userID,
    Name: user.name,
    'Login IDs': loginIDs
      .map(({ value, isVerified }) => (isVerified ? `${value} (verified)` : value))
      .join(', '),
    Status: user.isDisabled ? 'disabled' : 'enabled',
    Password: password
      ? `changed ${time(password.changedAt)}${password.mustChange ? ', must be changed at the next login' : ''}`
      : 'none',
    Created: time(user.createdAt),
    'Last login': time(user.lastLoginAt),
  });
  if (messages.length === 0) return known;
  const mails = table(
    ['MAIL', 'TO', 'STATE', 'CREATED', 'REASON'],
    messages.map(({ type, recipient, state, createdAt, reason }) => [
      type.replaceAll('_', ' '),
      recipient,
      state,
      time(createdAt),
      reason ?? '',
    ]),
  );
  return `${known}\n\n${mails}`;
}
