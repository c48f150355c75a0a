import { accountStatus } from '../../../login/index.ts';
import type { Authenticator } from '../../../passwords/index.ts';
import { globalID } from '../../../platform/ids.ts';
import { listSessions } from '../../../sessions/index.ts';
import { formattedName, type Identity, type User } from '../../../users/index.ts';
import type { ApiContext } from '../context.ts';
import { AccountLockout, Claim } from './account.ts';
import { AuthorizationConnection } from './authorization.ts';
import { AuthenticatorKind, AuthenticatorType, IdentityType } from './enums.ts';
import { isLoginID, STANDARD_CLAIM } from './identity.ts';
import { Entity, Node } from './node.ts';
import { listConnection, noItems } from './page.ts';
import {
  AuthenticatorConnection,
  AuthenticatorRef,
  GroupConnection,
  IdentityConnection,
  IdentityRef,
  RoleConnection,
  SessionConnection,
  sessionNode,
  UserRef,
} from './refs.ts';
import { standardAttributes } from './standard-attributes.ts';

const identitiesOf = ({ id }: User, { loaders }: ApiContext): Promise<Identity[]> =>
  loaders.identities.load(id);

/** The authenticators of one kind and type. */
async function authenticatorsOf(
  { id }: User,
  { loaders }: ApiContext,
  kind: Authenticator['kind'],
  type: Authenticator['type'],
): Promise<Authenticator[]> {
  const all = await loaders.authenticators.load(id);
  return all.filter((authenticator) => authenticator.kind === kind && authenticator.type === type);
}

UserRef.implement({
  description: 'A user of this project.',
  interfaces: [Node, Entity],
  fields: (t) => {
    const time = (
      name:
        | 'accountValidFrom'
        | 'accountValidUntil'
        | 'anonymizeAt'
        | 'deleteAt'
        | 'lastLoginAt'
        | 'temporarilyDisabledFrom'
        | 'temporarilyDisabledUntil',
    ) => t.expose(name, { type: 'DateTime', nullable: true });
    const one = (kind: Authenticator['kind'], type: Authenticator['type']) =>
      t.field({
        type: AuthenticatorRef,
        nullable: true,
        resolve: async (user, _, context) => (await authenticatorsOf(user, context, kind, type))[0],
      });
    const many = (kind: Authenticator['kind'], type: Authenticator['type']) =>
      t.field({
        type: [AuthenticatorRef],
        resolve: (user, _, context) => authenticatorsOf(user, context, kind, type),
      });
    const roles = () =>
      t.field({
        type: RoleConnection,
        nullable: true,
        args: t.arg.connectionArgs(),
        resolve: (_, args) => noItems(args),
      });
    return {
      id: t.id({ resolve: ({ id }) => globalID('User', id) }),

      standardAttributes: t.field({
        type: 'UserStandardAttributes',
        resolve: async (user, _, context) => standardAttributes(user, await identitiesOf(user, context)),
      }),
      customAttributes: t.field({
        type: 'UserCustomAttributes',
        resolve: ({ customAttributes }) => customAttributes,
      }),
      formattedName: t.string({
        nullable: true,
        description: 'The name as one text; null for a user without one.',
        resolve: (user) => formattedName(user, []) || null,
      }),
      endUserAccountID: t.string({
        nullable: true,
        description: 'How to call the account: its e-mail address, phone number or username.',
        resolve: async (user, _, context) => {
          const identities = await identitiesOf(user, context);
          const find = (type: string) => identities.find((identity) => identity.type === type)?.normalized;
          return find('email') ?? find('phone') ?? find('username') ?? null;
        },
      }),
      verifiedClaims: t.field({
        type: [Claim],
        resolve: async (user, _, context) =>
          (await identitiesOf(user, context)).flatMap(({ type, normalized, verifiedAt }) => {
            const name = STANDARD_CLAIM[type];
            return name !== undefined && type !== 'username' && verifiedAt !== null
              ? [{ name, value: normalized }]
              : [];
          }),
      }),

      identities: t.field({
        type: IdentityConnection,
        nullable: true,
        args: { ...t.arg.connectionArgs(), identityType: t.arg({ type: IdentityType }) },
        resolve: async (user, { identityType, ...page }, context) => {
          const all = await identitiesOf(user, context);
          const matching = all.filter(
            (identity) =>
              identityType == null || identityType === (isLoginID(identity) ? 'LOGIN_ID' : 'OAUTH'),
          );
          return listConnection(matching, page, ({ id }) => id);
        },
      }),
      loginIDs: t.field({
        type: [IdentityRef],
        resolve: async (user, _, context) => (await identitiesOf(user, context)).filter(isLoginID),
      }),
      oauthConnections: t.field({
        type: [IdentityRef],
        resolve: async (user, _, context) =>
          (await identitiesOf(user, context)).filter((identity) => !isLoginID(identity)),
      }),
      biometricRegistrations: t.field({ type: [IdentityRef], resolve: () => [] }),
      passkeys: t.field({ type: [IdentityRef], resolve: () => [] }),

      authenticators: t.field({
        type: AuthenticatorConnection,
        nullable: true,
        args: {
          ...t.arg.connectionArgs(),
          authenticatorKind: t.arg({ type: AuthenticatorKind }),
          authenticatorType: t.arg({ type: AuthenticatorType }),
        },
        resolve: async (user, { authenticatorKind, authenticatorType, ...page }, { loaders }) => {
          const all = await loaders.authenticators.load(user.id);
          const matching = all.filter(
            ({ kind, type }) =>
              (authenticatorKind == null || kind === authenticatorKind) &&
              (authenticatorType == null || type === authenticatorType),
          );
          return listConnection(matching, page, ({ id }) => id);
        },
      }),
      primaryPassword: one('primary', 'password'),
      primaryOOBOTPEmailAuthenticator: one('primary', 'oob_otp_email'),
      primaryOOBOTPSMSAuthenticator: one('primary', 'oob_otp_sms'),
      secondaryPassword: one('secondary', 'password'),
      secondaryOOBOTPEmailAuthenticators: many('secondary', 'oob_otp_email'),
      secondaryOOBOTPSMSAuthenticators: many('secondary', 'oob_otp_sms'),
      secondaryTOTPAuthenticators: many('secondary', 'totp'),
      mfaGracePeriodEndAt: t.field({ type: 'DateTime', nullable: true, resolve: () => null }),

      sessions: t.field({
        type: SessionConnection,
        nullable: true,
        args: t.arg.connectionArgs(),
        resolve: async (user, args, { db, deps }) =>
          listConnection(
            (await listSessions(db, deps.clock, user.id)).map(sessionNode),
            args,
            ({ id }) => id,
          ),
      }),
      authorizations: t.field({
        type: AuthorizationConnection,
        nullable: true,
        args: t.arg.connectionArgs(),
        resolve: (_, args) => noItems(args),
      }),
      roles: roles(),
      effectiveRoles: roles(),
      groups: t.field({
        type: GroupConnection,
        nullable: true,
        args: t.arg.connectionArgs(),
        resolve: (_, args) => noItems(args),
      }),

      isAnonymous: t.boolean({ resolve: () => false }),
      isAnonymized: t.exposeBoolean('isAnonymized'),
      isDeactivated: t.boolean({ resolve: () => false }),
      isDisabled: t.boolean({
        description: 'Whether nobody can sign in to the account at this moment, for whatever reason.',
        resolve: (user, _, { deps }) => !accountStatus(user, deps.clock.now()).allowed,
      }),
      disableReason: t.exposeString('disableReason', { nullable: true }),
      temporarilyDisabledFrom: time('temporarilyDisabledFrom'),
      temporarilyDisabledUntil: time('temporarilyDisabledUntil'),
      accountValidFrom: time('accountValidFrom'),
      accountValidUntil: time('accountValidUntil'),
      deleteAt: time('deleteAt'),
      deleteReason: t.exposeString('deleteReason', { nullable: true }),
      anonymizeAt: time('anonymizeAt'),
      lastLoginAt: time('lastLoginAt'),
      accountLockout: t.field({
        type: AccountLockout,
        description:
          'Whether too many wrong passwords in a row have locked the account; waiting does not help then.',
        resolve: async (user, _, context) => {
          const [password] = await authenticatorsOf(user, context, 'primary', 'password');
          const isLocked = password?.isLocked ?? false;
          return { isLocked, lockedIPs: [], lockedUntil: null, lockoutType: 'per_user' };
        },
      }),
      web3: t.field({ type: 'Web3Claims', resolve: () => ({ accounts: [] }) }),
    };
  },
});
