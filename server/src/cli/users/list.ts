import { type Command, InvalidArgumentError } from 'commander';
import { type Answer, answer } from '../answer.ts';
import type { CommandIO } from '../io.ts';
import { withCapabilities } from '../open.ts';
import { type CommonOptions, jsonOption, projectOption } from '../options.ts';
import { quoted, table, time } from '../text.ts';

const PAGE = 20;
const LARGEST_PAGE = 1_000;

interface ListOptions extends CommonOptions {
  search?: string;
  limit: number;
  after?: string;
}

/** `latchkey users list` */
export function addList(users: Command, io: CommandIO): void {
  users
    .command('list')
    .description('list users, the newest first, page by page')
    .option('--search <words>', 'part of a login ID or a name, or a user ID')
    .option('--limit <number>', `how many at the most, 1 to ${LARGEST_PAGE}`, readLimit, PAGE)
    .option('--after <cursor>', 'continue behind the page that ended with this cursor')
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((options: ListOptions) => answer(io, options, () => listUsers(io, options)));
}

/** @throws InvalidArgumentError (wrong usage) */
function readLimit(text: string): number {
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= LARGEST_PAGE) return limit;
  throw new InvalidArgumentError(`Give a number from 1 to ${LARGEST_PAGE}.`);
}

const listUsers = (io: CommandIO, options: ListOptions): Promise<Answer> =>
  withCapabilities(io, async ({ database, projects }) => {
    const [{ searchUsers, userStore }, { describeUser }] = await Promise.all([
      import('../../users/index.ts'),
      import('./describe.ts'),
    ]);
    const project = await projects.get(options.project);
    const db = database.forProject(project.id);
    const page = await searchUsers(db, {
      keyword: options.search,
      sortBy: 'CREATED_AT',
      sortDirection: 'DESC',
      limit: options.limit,
      backward: false,
      after: options.after,
    });
    const identities = await userStore(db).identitiesOfMany(page.items.map(({ id }) => id));
    const users = page.items.map((user) =>
      describeUser(
        user,
        identities.filter(({ userID }) => userID === user.id),
      ),
    );
    const last = page.items.at(-1);
    const endCursor = last ? page.cursorOf(last) : null;
    return {
      json: { users, hasNextPage: page.hasNextPage, endCursor },
      text: inWords(users, page.hasNextPage ? endCursor : null, options.search),
    };
  });

type Described = ReturnType<typeof import('./describe.ts').describeUser>;

function inWords(users: readonly Described[], next: string | null, search: string | undefined): string {
  if (users.length === 0) {
    return search === undefined
      ? 'No users yet: "latchkey users create" makes one.'
      : `Nobody matches ${quoted(search)}.`;
  }
  const rows = users.map(({ loginIDs, name, createdAt, lastLoginAt, userID }) => {
    const loginID = loginIDs[0]?.value ?? '–';
    return [loginID, name === loginID ? '–' : name, time(createdAt), time(lastLoginAt), userID];
  });
  const lines = table(['LOGIN ID', 'NAME', 'CREATED', 'LAST LOGIN', 'USER ID'], rows);
  return next === null ? lines : `${lines}\n\nThere are more: --after ${next}`;
}
