import { generatePassword } from '../../../passwords/index.ts';
import { requireOperator } from '../authorize.ts';
import { builder } from '../schema/builder.ts';

const GeneratePasswordPayload = builder
  .objectRef<{ password: string }>('GeneratePasswordPayload')
  .implement({ fields: (t) => ({ password: t.exposeString('password') }) });

builder.mutationField('generatePassword', (t) =>
  t.field({
    type: GeneratePasswordPayload,
    description: 'A fresh password that keeps the policy, for a form to fill in. Nothing is written.',
    resolve: async (_, __, context) => {
      requireOperator(context);
      const { deps, project } = context;
      const { passwords } = await deps.projects.settings(project);
      return { password: await generatePassword(passwords, { loginIDs: [], projectName: project.name }) };
    },
  }),
);
