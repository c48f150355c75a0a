import { LatchkeyError } from '../../../platform/errors.ts';
import {
  countUsers,
  type LoginID,
  type LoginIDType,
  normalizeLoginID,
  searchUsers,
  userStore,
} from '../../../users/index.ts';
import { badInput } from '../errors.ts';
import { builder } from './builder.ts';
import { SortDirection, UserSortBy } from './enums.ts';
import { connection, noItems, pageRequest } from './page.ts';
import { UserConnection, UserRef } from './refs.ts';
import { searchable } from './text.ts';

const LOGIN_ID_KEYS: readonly string[] = ['email', 'phone', 'username'] satisfies LoginIDType[];

/**
 * The type of login id that a key names.
 * @throws Invalid `InvariantViolated` with the cause `InvalidLoginIDKey`, as Authgear has it
 */
export function loginIDTypeFrom(key: string): LoginIDType {
  if (LOGIN_ID_KEYS.includes(key)) return key as LoginIDType;
  throw badInput('InvariantViolated', 'invalid login ID key: it is "email", "phone" or "username"', {
    cause: { kind: 'InvalidLoginIDKey' },
  });
}

/** The login id in its normal form; undefined for a text that can be nobody's. */
export function loginIDFrom(type: LoginIDType, text: string): LoginID | undefined {
  try {
    return normalizeLoginID(type, text);
  } catch (error) {
    if (error instanceof LatchkeyError && error.kind === 'Invalid') return undefined;
    throw error;
  }
}

builder.queryFields((t) => ({
  users: t.field({
    type: UserConnection,
    nullable: true,
    description: 'The users of this project, the newest first unless told.',
    args: {
      ...t.arg.connectionArgs(),
      searchKeyword: t.arg.string({ description: 'A part of a login id or a name, or a whole id.' }),
      sortBy: t.arg({ type: UserSortBy }),
      sortDirection: t.arg({ type: SortDirection }),
      groupKeys: t.arg.stringList(),
      roleKeys: t.arg.stringList(),
    },
    resolve: async (_, args, { db, loaders }) => {
      // Nobody has a role or is in a group yet.
      if (args.groupKeys?.length || args.roleKeys?.length) return noItems(args);
      const keyword = searchable('searchKeyword', args.searchKeyword ?? '') || undefined;
      const page = await searchUsers(db, {
        ...pageRequest(args),
        keyword,
        sortBy: args.sortBy ?? 'CREATED_AT',
        sortDirection: args.sortDirection ?? 'DESC',
      });
      for (const user of page.items) loaders.user.prime(user.id, user);
      return connection(page, page.cursorOf, () => countUsers(db, { keyword }));
    },
  }),
  getUserByLoginID: t.field({
    type: UserRef,
    nullable: true,
    description: 'The user with this login id, written in any way that means the same.',
    args: {
      loginIDKey: t.arg.string({ required: true, description: '"email", "phone" or "username".' }),
      loginIDValue: t.arg.string({ required: true }),
    },
    resolve: async (_, { loginIDKey, loginIDValue }, { db }) => {
      const loginID = loginIDFrom(loginIDTypeFrom(loginIDKey), loginIDValue);
      return loginID && userStore(db).findByIdentity(loginID.type, loginID.uniqueKey);
    },
  }),
}));
