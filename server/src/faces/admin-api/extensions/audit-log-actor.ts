import type { Actor, AuditActivityType } from '../../../audit/index.ts';
import { builder } from '../schema/builder.ts';
import { AuditLogRef } from '../schema/refs.ts';

const AuditLogActorType = builder.enumType('AuditLogActorType', {
  values: {
    OPERATOR: { value: 'operator', description: 'An operator in the portal.' },
    ADMIN_API: { value: 'admin_api', description: 'A program with a key of the Admin API.' },
    USER: { value: 'user', description: 'The user themself.' },
    COMMAND_LINE: { value: 'command_line' },
    SYSTEM: { value: 'system', description: 'The server.' },
  } as const,
});

const AuditLogActor = builder.objectRef<Actor>('AuditLogActor').implement({
  description: 'Who did it.',
  fields: (t) => ({
    type: t.field({ type: AuditLogActorType, resolve: ({ type }) => type }),
    id: t.string({
      nullable: true,
      description: "The user's UUID (an operator's is in the home project), or the key's id.",
      resolve: (actor) => ('userID' in actor ? actor.userID : 'keyID' in actor ? actor.keyID : null),
    }),
    name: t.string({
      nullable: true,
      description: 'How to call the operator or user, while they exist.',
      resolve: async (actor, _, { loaders }) => {
        if (actor.type === 'operator') return (await loaders.person.load(actor.userID))?.name ?? null;
        if (actor.type === 'user') return (await loaders.ownPerson.load(actor.userID))?.name ?? null;
        return null;
      },
    }),
  }),
});

builder.objectField(AuditLogRef, 'actor', (t) =>
  t.field({
    type: AuditLogActor,
    description: 'Who did it; `data.actor` says the same without a name.',
    resolve: ({ actor }) => actor,
  }),
);

/** They are about an operator, who is a user of the home project and not of this one. */
const ABOUT_OPERATORS: ReadonlySet<AuditActivityType> = new Set([
  'COLLABORATOR_ADDED',
  'COLLABORATOR_ROLE_CHANGED',
  'PROJECT_COLLABORATOR_DELETED',
]);

builder.objectField(AuditLogRef, 'operatorName', (t) =>
  t.string({
    nullable: true,
    description: 'How to call the operator whose role in this project it is about, while they exist.',
    resolve: async ({ activityType, data }, _, { loaders }) => {
      if (!ABOUT_OPERATORS.has(activityType) || typeof data.user_id !== 'string') return null;
      return (await loaders.person.load(data.user_id))?.name ?? null;
    },
  }),
);
