import { brandWithType, type ObjectRef } from '@pothos/core';
import { auditStore } from '../../../audit/index.ts';
import { messageStatus } from '../../../messages/index.ts';
import { authenticatorStore } from '../../../passwords/index.ts';
import { isUUID, splitGlobalID } from '../../../platform/ids.ts';
import { sessionStore } from '../../../sessions/index.ts';
import { userStore } from '../../../users/index.ts';
import type { ApiContext } from '../context.ts';
import { tooMany } from '../errors.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { Node } from './node.ts';
import { MAX_PAGE_SIZE } from './page.ts';
import {
  AuditLogRef,
  AuthenticatorRef,
  IdentityRef,
  MessageRef,
  SessionRef,
  sessionNode,
  UserRef,
} from './refs.ts';
import { isSessionUID } from './text.ts';

interface Found {
  id: string;
}
type Find = (context: ApiContext, id: string) => Promise<Found | undefined>;

/** Finds objects of one type by what stands behind the colon of their global id, and says of which type they are. */
function finder<Shape extends Found>(
  ref: ObjectRef<SchemaTypes, Shape>,
  isID: (id: string) => boolean,
  find: (context: ApiContext, id: string) => Promise<Shape | undefined>,
): Find {
  return async (context, id) => {
    const found = isID(id) ? await find(context, id) : undefined;
    if (found !== undefined) brandWithType<SchemaTypes>(found, ref);
    return found;
  };
}

const FINDERS: ReadonlyMap<string, Find> = new Map([
  ['User', finder(UserRef, isUUID, ({ loaders }, id) => loaders.user.load(id.toLowerCase()))],
  ['Identity', finder(IdentityRef, isUUID, ({ db }, id) => userStore(db).findIdentity(id))],
  ['Authenticator', finder(AuthenticatorRef, isUUID, ({ db }, id) => authenticatorStore(db).find(id))],
  [
    'Session',
    finder(SessionRef, isSessionUID, async ({ db, deps }, uid) => {
      const session = await sessionStore(db).findByUID(uid, deps.clock.now());
      return session && sessionNode(session);
    }),
  ],
  ['AuditLog', finder(AuditLogRef, isUUID, ({ db }, id) => auditStore(db).find(id))],
  ['Message', finder(MessageRef, isUUID, ({ db, deps }, id) => messageStatus(db, deps.clock, id))],
]);

/** Malformed ids have no object behind them either: as with Authgear, that is no error. */
async function findNode(context: ApiContext, globalID: string): Promise<Found | undefined> {
  const parts = splitGlobalID(globalID);
  return parts && FINDERS.get(parts.type)?.(context, parts.id);
}

builder.queryFields((t) => ({
  node: t.field({
    type: Node,
    nullable: true,
    description: 'The object behind a global id; null when this project has none.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, context) => findNode(context, id),
  }),
  nodes: t.field({
    type: [Node],
    nullable: { list: false, items: true },
    description: 'The objects behind global ids, in their order; null where this project has none.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (_, { ids }, context) => {
      if (ids.length > MAX_PAGE_SIZE) throw tooMany('TooManyIDs', 'ids', MAX_PAGE_SIZE);
      return ids.map((id) => findNode(context, id));
    },
  }),
}));
