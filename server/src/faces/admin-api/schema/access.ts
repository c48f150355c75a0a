import { Entity, Node } from './node.ts';
import { noItems } from './page.ts';
import { GroupConnection, GroupRef, RoleConnection, RoleRef, UserConnection } from './refs.ts';

RoleRef.implement({
  description: 'What a user may do in the apps of this project.',
  interfaces: [Node, Entity],
  fields: (t) => ({
    key: t.exposeString('key'),
    name: t.exposeString('name', { nullable: true }),
    description: t.exposeString('description', { nullable: true }),
    groups: t.field({
      type: GroupConnection,
      nullable: true,
      args: t.arg.connectionArgs(),
      resolve: (_, args) => noItems(args),
    }),
    users: t.field({
      type: UserConnection,
      nullable: true,
      args: t.arg.connectionArgs(),
      resolve: (_, args) => noItems(args),
    }),
  }),
});

GroupRef.implement({
  description: 'Users who share roles.',
  interfaces: [Node, Entity],
  fields: (t) => ({
    key: t.exposeString('key'),
    name: t.exposeString('name', { nullable: true }),
    description: t.exposeString('description', { nullable: true }),
    roles: t.field({
      type: RoleConnection,
      nullable: true,
      args: t.arg.connectionArgs(),
      resolve: (_, args) => noItems(args),
    }),
    users: t.field({
      type: UserConnection,
      nullable: true,
      args: t.arg.connectionArgs(),
      resolve: (_, args) => noItems(args),
    }),
  }),
});
