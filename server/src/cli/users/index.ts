import type { Command } from 'commander';
import type { CommandIO } from '../io.ts';
import { addNoun } from '../noun.ts';
import { addCreate } from './create.ts';
import { addDelete } from './delete.ts';
import { addDisable, addEnable } from './disable.ts';
import { addList } from './list.ts';
import { addResetPassword } from './reset-password.ts';
import { addShow } from './show.ts';

/** `latchkey users`: the users of a project. */
export function addUsers(program: Command, io: CommandIO): void {
  const users = addNoun(program, 'users', 'the users of a project');
  addCreate(users, io);
  addList(users, io);
  addShow(users, io);
  addResetPassword(users, io);
  addDisable(users, io);
  addEnable(users, io);
  addDelete(users, io);
}
