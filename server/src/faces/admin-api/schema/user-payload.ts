import { loadUser } from '../loaders.ts';
import { builder } from './builder.ts';
import { UserRef } from './refs.ts';

/** The answer of a mutation that changed a user: the user as they are now. */
export const userPayload = (name: string) =>
  builder.objectRef<{ userID: string }>(name).implement({
    fields: (t) => ({
      user: t.field({ type: UserRef, resolve: ({ userID }, _, { loaders }) => loadUser(loaders, userID) }),
    }),
  });
