import { terminateSession } from '../../../oidc/index.ts';
import { terminateAllSessions } from '../../../sessions/index.ts';
import { forgetUser } from '../loaders.ts';
import { builder } from './builder.ts';
import { sessionUIDFrom, userIDFrom } from './text.ts';
import { userPayload } from './user-payload.ts';

const RevokeSessionInput = builder.inputType('RevokeSessionInput', {
  fields: (t) => ({ sessionID: t.id({ required: true, description: 'The session to end.' }) }),
});

const RevokeAllSessionsInput = builder.inputType('RevokeAllSessionsInput', {
  fields: (t) => ({ userID: t.id({ required: true, description: 'Who is signed out everywhere.' }) }),
});

const RevokeSessionPayload = userPayload('RevokeSessionPayload');
const RevokeAllSessionsPayload = userPayload('RevokeAllSessionsPayload');

builder.mutationFields((t) => ({
  revokeSession: t.field({
    type: RevokeSessionPayload,
    description: 'Ends one session of a user, with the tokens that apps were given in it.',
    args: { input: t.arg({ type: RevokeSessionInput, required: true }) },
    resolve: async (_, { input }, { db, deps, project, acting, loaders }) => {
      const sessionUID = sessionUIDFrom(input.sessionID);
      const { userID } = await terminateSession(db, { ...deps, project }, { sessionUID }, acting);
      forgetUser(loaders, userID);
      return { userID };
    },
  }),
  revokeAllSessions: t.field({
    type: RevokeAllSessionsPayload,
    description: 'Signs a user out everywhere: every session, refresh and access token ends.',
    args: { input: t.arg({ type: RevokeAllSessionsInput, required: true }) },
    resolve: async (_, { input }, { db, deps, project, acting, loaders }) => {
      const userID = userIDFrom(input.userID);
      await terminateAllSessions(db, { ...deps, project }, { userID }, acting);
      forgetUser(loaders, userID);
      return { userID };
    },
  }),
}));
