import type { Project } from '../../../projects/index.ts';
import { requireOwner } from '../authorize.ts';
import { builder } from '../schema/builder.ts';

const RenameProjectInput = builder.inputType('RenameProjectInput', {
  fields: (t) => ({ name: t.string({ required: true, description: '1 to 100 characters on one line.' }) }),
});

const RenameProjectPayload = builder.objectRef<Project>('RenameProjectPayload').implement({
  fields: (t) => ({ name: t.exposeString('name') }),
});

builder.mutationField('renameProject', (t) =>
  t.field({
    type: RenameProjectPayload,
    description: 'Gives this project another name; for its owners in the portal. Its id and origin stay.',
    args: { input: t.arg({ type: RenameProjectInput, required: true }) },
    resolve: async (_, { input }, context) => {
      requireOwner(context);
      const { deps, project, acting } = context;
      return deps.projects.rename(project, input.name, acting);
    },
  }),
);
