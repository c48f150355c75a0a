import { globalID } from '../../../platform/ids.ts';
import { AuditLogActivityType } from './enums.ts';
import { Node } from './node.ts';
import { AuditLogRef, UserRef } from './refs.ts';

AuditLogRef.implement({
  description: 'Something that happened, as it was recorded.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalID('AuditLog', id) }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    activityType: t.field({ type: AuditLogActivityType, resolve: ({ activityType }) => activityType }),
    user: t.field({
      type: UserRef,
      nullable: true,
      resolve: ({ userID }, _, { loaders }) => (userID === null ? null : loaders.user.load(userID)),
    }),
    clientID: t.exposeString('clientID', { nullable: true }),
    ipAddress: t.exposeString('ipAddress', { nullable: true }),
    userAgent: t.exposeString('userAgent', { nullable: true }),
    data: t.field({
      type: 'AuditLogData',
      nullable: true,
      resolve: ({ actor, data }) => ({ ...data, actor }),
    }),
  }),
});
