import { builder } from './builder.ts';

/** What every object behind a global id has. */
export const Node = builder.interfaceRef<{ id: string }>('Node').implement({
  description: 'Anything that can be fetched by its global id, base64url of Type:id.',
  fields: (t) => ({ id: t.exposeID('id') }),
});

/** What every object that changes over time has. */
export const Entity = builder
  .interfaceRef<{ id: string; createdAt: Date; updatedAt: Date }>('Entity')
  .implement({
    fields: (t) => ({
      id: t.exposeID('id'),
      createdAt: t.expose('createdAt', { type: 'DateTime' }),
      updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    }),
  });
