import { builder } from './builder.ts';
import { connectionTypeOf } from './connections.ts';
import { Entity, Node } from './node.ts';

interface Authorization {
  id: string;
  clientID: string;
  scopes: string[];
  createdAt: Date;
  updatedAt: Date;
}

const Authorization = builder.objectRef<Authorization>('Authorization').implement({
  description: 'What a user has allowed an app of somebody else to read.',
  interfaces: [Node, Entity],
  fields: (t) => ({ clientID: t.exposeString('clientID'), scopes: t.exposeStringList('scopes') }),
});

export const AuthorizationConnection = connectionTypeOf('Authorization', Authorization);
