import { type LoginIDType, userStore } from '../../../users/index.ts';
import { badInput } from '../errors.ts';
import { builder } from './builder.ts';
import { UserRef } from './refs.ts';
import { loginIDFrom } from './users-query.ts';

/** The attributes that say who somebody is, each with the login id behind it. */
const LOGIN_ID_BEHIND = new Map<string, LoginIDType>([
  ['email', 'email'],
  ['phone_number', 'phone'],
  ['preferred_username', 'username'],
]);

builder.queryField('getUsersByStandardAttribute', (t) =>
  t.field({
    type: [UserRef],
    description: 'The users with this e-mail address, phone number or username.',
    args: {
      attributeName: t.arg.string({
        required: true,
        description: '"email", "phone_number" or "preferred_username".',
      }),
      attributeValue: t.arg.string({ required: true, description: 'In any spelling that means the same.' }),
    },
    resolve: async (_, { attributeName, attributeValue }, { db }) => {
      const type = LOGIN_ID_BEHIND.get(attributeName);
      if (type === undefined) {
        throw badInput(
          'GetUsersInvalidArgument',
          'attributeName must be email, phone_number or preferred_username',
        );
      }
      const loginID = loginIDFrom(type, attributeValue);
      if (!loginID) {
        throw badInput('GetUsersInvalidArgument', `invalid attributeValue: it can be no ${attributeName}`);
      }
      const user = await userStore(db).findByIdentity(loginID.type, loginID.uniqueKey);
      return user ? [user] : [];
    },
  }),
);
