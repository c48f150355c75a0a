import { setAccountValidPeriod } from '../../../accounts/index.ts';
import { requireProofToActOn } from '../authorize.ts';
import type { ApiContext } from '../context.ts';
import { forgetUser } from '../loaders.ts';
import { builder } from './builder.ts';
import { userIDFrom } from './text.ts';
import { userPayload } from './user-payload.ts';

const FROM = 'From when on the account may be used; null or absent: from the beginning.';
const UNTIL = 'Until when the account may be used; null or absent: for good.';

const SetAccountValidFromInput = builder.inputType('SetAccountValidFromInput', {
  fields: (t) => ({
    userID: t.id({ required: true }),
    accountValidFrom: t.field({ type: 'DateTime', description: FROM }),
  }),
});

const SetAccountValidUntilInput = builder.inputType('SetAccountValidUntilInput', {
  fields: (t) => ({
    userID: t.id({ required: true }),
    accountValidUntil: t.field({ type: 'DateTime', description: UNTIL }),
  }),
});

const SetAccountValidPeriodInput = builder.inputType('SetAccountValidPeriodInput', {
  fields: (t) => ({
    userID: t.id({ required: true }),
    accountValidFrom: t.field({ type: 'DateTime', description: FROM }),
    accountValidUntil: t.field({ type: 'DateTime', description: UNTIL }),
  }),
});

type Act = typeof setAccountValidPeriod;

async function set(
  context: ApiContext,
  userGlobalID: string,
  period: Omit<Parameters<Act>[2], 'userID'>,
  activityType: Parameters<Act>[3],
): Promise<{ userID: string }> {
  const { db, deps, project, acting, loaders } = context;
  const userID = userIDFrom(userGlobalID);
  await requireProofToActOn(context, userID);
  await setAccountValidPeriod(db, { ...deps, project }, { userID, ...period }, activityType, acting);
  forgetUser(loaders, userID);
  return { userID };
}

builder.mutationFields((t) => ({
  setAccountValidFrom: t.field({
    type: userPayload('SetAccountValidFromPayload'),
    description: 'Says from when on an account may be used.',
    args: { input: t.arg({ type: SetAccountValidFromInput, required: true }) },
    resolve: (_, { input: { userID, accountValidFrom = null } }, context) =>
      set(context, userID, { accountValidFrom }, 'ADMIN_API_MUTATION_SET_ACCOUNT_VALID_FROM_EXECUTED'),
  }),
  setAccountValidUntil: t.field({
    type: userPayload('SetAccountValidUntilPayload'),
    description: 'Says until when an account may be used.',
    args: { input: t.arg({ type: SetAccountValidUntilInput, required: true }) },
    resolve: (_, { input: { userID, accountValidUntil = null } }, context) =>
      set(context, userID, { accountValidUntil }, 'ADMIN_API_MUTATION_SET_ACCOUNT_VALID_UNTIL_EXECUTED'),
  }),
  setAccountValidPeriod: t.field({
    type: userPayload('SetAccountValidPeriodPayload'),
    description: 'Says from when on and until when an account may be used.',
    args: { input: t.arg({ type: SetAccountValidPeriodInput, required: true }) },
    resolve: (_, { input: { userID, accountValidFrom = null, accountValidUntil = null } }, context) =>
      set(
        context,
        userID,
        { accountValidFrom, accountValidUntil },
        'ADMIN_API_MUTATION_SET_ACCOUNT_VALID_PERIOD_EXECUTED',
      ),
  }),
}));
