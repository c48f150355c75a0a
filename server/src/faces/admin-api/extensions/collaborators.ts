import { mailRoute } from '../../../messages/index.ts';
import { type Invited, inviteOperator } from '../../../passwords/index.ts';
import { globalID, parseGlobalID } from '../../../platform/ids.ts';
import { type Collaborator, collaboratorNotFound, HOME } from '../../../projects/index.ts';
import { requireFreshPassword, requireOperator, requireOwner } from '../authorize.ts';
import type { ApiContext } from '../context.ts';
import { badInput } from '../errors.ts';
import { builder } from '../schema/builder.ts';

const CollaboratorRole = builder.enumType('CollaboratorRole', {
  description: 'What a collaborator may do: look; change users and apps; everything.',
  values: { VIEWER: { value: 'viewer' }, EDITOR: { value: 'editor' }, OWNER: { value: 'owner' } } as const,
});

const CollaboratorRef = builder.objectRef<Collaborator>('Collaborator').implement({
  description: 'Somebody who works on this project: a user of the home project.',
  fields: (t) => ({
    id: t.id({ resolve: ({ userID }) => globalID('Collaborator', userID) }),
    userID: t.id({
      description: 'Their user in the home project.',
      resolve: ({ userID }) => globalID('User', userID),
    }),
    name: t.string({
      description: 'How to call them; "" where the user is deleted.',
      resolve: async ({ userID }, _, { loaders }) => (await loaders.person.load(userID))?.name ?? '',
    }),
    email: t.string({
      nullable: true,
      resolve: async ({ userID }, _, { loaders }) => (await loaders.person.load(userID))?.email ?? null,
    }),
    role: t.field({ type: CollaboratorRole, resolve: ({ role }) => role }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when.' }),
  }),
});

const AddCollaboratorInput = builder.inputType('AddCollaboratorInput', {
  fields: (t) => ({
    email: t.string({ required: true, description: 'Of a user of the home project, or of one to be made.' }),
    role: t.field({ type: CollaboratorRole, required: true }),
  }),
});

const ChangeCollaboratorRoleInput = builder.inputType('ChangeCollaboratorRoleInput', {
  fields: (t) => ({
    collaboratorID: t.id({ required: true }),
    role: t.field({ type: CollaboratorRole, required: true }),
  }),
});

const RemoveCollaboratorInput = builder.inputType('RemoveCollaboratorInput', {
  fields: (t) => ({ collaboratorID: t.id({ required: true }) }),
});

interface Added {
  collaborator: Collaborator;
  invited: Invited;
}

const AddCollaboratorPayload = builder.objectRef<Added>('AddCollaboratorPayload').implement({
  fields: (t) => ({
    collaborator: t.field({ type: CollaboratorRef, resolve: ({ collaborator }) => collaborator }),
    isNewUser: t.boolean({
      description: 'Whether the account was made for it. One that was there before keeps its password.',
      resolve: ({ invited }) => invited.isNew,
    }),
    isMailed: t.boolean({
      description: 'Whether a mail with the password of a new account is on its way.',
      resolve: ({ invited }) => invited.messageIDs.length > 0,
    }),
    password: t.string({
      nullable: true,
      description: 'Of a new account, where no mail can be sent: told here and never again.',
      resolve: ({ invited }) => invited.password ?? null,
    }),
  }),
});

const ChangeCollaboratorRolePayload = builder
  .objectRef<{ collaborator: Collaborator }>('ChangeCollaboratorRolePayload')
  .implement({
    fields: (t) => ({ collaborator: t.field({ type: CollaboratorRef, resolve: (p) => p.collaborator }) }),
  });

const RemoveCollaboratorPayload = builder
  .objectRef<{ ok: true }>('RemoveCollaboratorPayload')
  .implement({ fields: (t) => ({ ok: t.exposeBoolean('ok') }) });

async function find({ deps, project }: ApiContext, userID: string): Promise<Collaborator> {
  const everyone = await deps.projects.collaborators.listFor(project.id);
  const found = everyone.find((one) => one.userID === userID);
  if (!found) throw collaboratorNotFound();
  return found;
}

function userIDFrom(collaboratorID: string): string {
  const id = parseGlobalID('Collaborator', collaboratorID);
  if (id === undefined) throw badInput('InvalidCollaboratorID', 'invalid collaborator ID');
  return id;
}

/** Who may do what decides over everything else: owners only, and not from a browser that was left alone. */
function requireProvedOwner(context: ApiContext): void {
  requireOwner(context);
  requireFreshPassword(context);
}

builder.queryField('collaborators', (t) =>
  t.field({
    type: [CollaboratorRef],
    description: 'Who works on this project, the first to come first; for its operators in the portal.',
    resolve: (_, __, context) => {
      requireOperator(context);
      return context.deps.projects.collaborators.listFor(context.project.id);
    },
  }),
);

builder.mutationFields((t) => ({
  addCollaborator: t.field({
    type: AddCollaboratorPayload,
    description: 'Has somebody work on this project; for owners who proved their password a moment ago.',
    args: { input: t.arg({ type: AddCollaboratorInput, required: true }) },
    resolve: async (_, { input: { email, role } }, context) => {
      requireProvedOwner(context);
      const { deps, project, acting } = context;
      const home = await deps.projects.get(HOME);
      const canMail = mailRoute(deps.config, await deps.projects.settings(home)) !== 'waiting';
      const invited = await inviteOperator(
        deps.database.forProject(HOME),
        { ...deps, project: home },
        { email, projectID: project.id, role, canMail },
        acting,
      );
      return { collaborator: await find(context, invited.userID), invited };
    },
  }),
  changeCollaboratorRole: t.field({
    type: ChangeCollaboratorRolePayload,
    description: 'Gives a collaborator another role; for owners who proved their password a moment ago.',
    args: { input: t.arg({ type: ChangeCollaboratorRoleInput, required: true }) },
    resolve: async (_, { input: { collaboratorID, role } }, context) => {
      requireProvedOwner(context);
      const { deps, project, acting } = context;
      const userID = userIDFrom(collaboratorID);
      await deps.projects.collaborators.changeRole({ projectID: project.id, userID, role }, acting);
      return { collaborator: await find(context, userID) };
    },
  }),
  removeCollaborator: t.field({
    type: RemoveCollaboratorPayload,
    description:
      'Takes somebody off this project at once; for owners who proved their password a moment ago.',
    args: { input: t.arg({ type: RemoveCollaboratorInput, required: true }) },
    resolve: async (_, { input: { collaboratorID } }, context) => {
      requireProvedOwner(context);
      const { deps, project, acting } = context;
      const userID = userIDFrom(collaboratorID);
      await deps.projects.collaborators.remove({ projectID: project.id, userID }, acting);
      return { ok: true } as const;
    },
  }),
}));
