import { globalID } from '../../../platform/ids.ts';
import { AuthenticatorKind, AuthenticatorType } from './enums.ts';
import { Entity, Node } from './node.ts';
import { AuthenticatorRef } from './refs.ts';

AuthenticatorRef.implement({
  description: 'How a user proves who they are.',
  interfaces: [Node, Entity],
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalID('Authenticator', id) }),
    kind: t.field({ type: AuthenticatorKind, resolve: ({ kind }) => kind }),
    type: t.field({ type: AuthenticatorType, resolve: ({ type }) => type }),
    isDefault: t.exposeBoolean('isDefault'),
    expireAfter: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'From then on a right password must be changed before anything is granted.',
      resolve: ({ expireAfter }) => expireAfter,
    }),
    claims: t.field({
      type: 'AuthenticatorClaims',
      args: { names: t.arg.stringList() },
      resolve: () => ({}),
    }),
  }),
});
