import { browserName } from '../../../platform/http/user-agent.ts';
import { globalID } from '../../../platform/ids.ts';
import { SessionType } from './enums.ts';
import { Entity, Node } from './node.ts';
import { SessionRef } from './refs.ts';

SessionRef.implement({
  description: 'A browser in which a user is signed in.',
  interfaces: [Node, Entity],
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalID('Session', id) }),
    type: t.field({ type: SessionType, resolve: () => 'IDP' as const }),
    acr: t.exposeString('acr', { nullable: true }),
    amr: t.exposeStringList('amr', { description: 'How the user proved who they are, RFC 8176.' }),
    clientID: t.string({
      nullable: true,
      description: 'The app that the session was begun for.',
      resolve: ({ clientIDs }) => clientIDs[0],
    }),
    applicationName: t.string({ nullable: true, resolve: () => null }),
    displayName: t.string({
      description: 'The browser and its system.',
      resolve: ({ userAgent }) => browserName(userAgent),
    }),
    userAgent: t.exposeString('userAgent', { nullable: true }),
    lastAccessedAt: t.expose('lastAccessedAt', { type: 'DateTime' }),
    createdByIP: t.string({ resolve: ({ createdIP }) => createdIP ?? '' }),
    lastAccessedByIP: t.string({ resolve: ({ lastIP }) => lastIP ?? '' }),
    lastAccessedByIPCountryCode: t.string({ resolve: () => '' }),
    lastAccessedByIPEnglishCountryName: t.string({ resolve: () => '' }),
  }),
});
