import { type Client, type Clients, clientsOf } from '../../../oidc/index.ts';
import type { ApiContext } from '../context.ts';
import { missing } from '../errors.ts';
import { builder } from '../schema/builder.ts';
import { searchable } from '../schema/text.ts';

const ClientType = builder.enumType('ClientType', {
  values: {
    SPA: { value: 'spa', description: 'Runs in the browser; proves itself by PKCE.' },
    WEB: { value: 'web', description: 'Has a server of its own, and a secret.' },
    NATIVE: { value: 'native', description: 'Runs on a phone or a desktop; proves itself by PKCE.' },
    M2M: { value: 'm2m', description: 'A service that acts for no user; has a secret.' },
  } as const,
});

const ClientRef = builder.objectRef<Client>('Client').implement({
  description: 'An app that signs its users in with this project.',
  fields: (t) => ({
    clientID: t.exposeString('clientID'),
    name: t.exposeString('name'),
    type: t.expose('type', { type: ClientType }),
    redirectURIs: t.exposeStringList('redirectURIs'),
    postLogoutRedirectURIs: t.exposeStringList('postLogoutRedirectURIs'),
    clientURI: t.exposeString('clientURI', { nullable: true, description: 'Its home page.' }),
    initiateLoginURI: t.exposeString('initiateLoginURI', {
      nullable: true,
      description: 'Where a sign-in to it is begun from here.',
    }),
    backchannelLogoutURI: t.exposeString('backchannelLogoutURI', {
      nullable: true,
      description: 'Where it is told that a session has ended.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
  }),
});

const CreateClientInput = builder.inputType('CreateClientInput', {
  fields: (t) => ({
    name: t.string({ required: true }),
    type: t.field({ type: ClientType, required: true }),
    redirectURIs: t.stringList({ description: 'Exact addresses; none for M2M.' }),
    postLogoutRedirectURIs: t.stringList(),
    clientURI: t.string(),
    initiateLoginURI: t.string(),
    backchannelLogoutURI: t.string(),
  }),
});

const UpdateClientInput = builder.inputType('UpdateClientInput', {
  fields: (t) => ({
    clientID: t.string({ required: true }),
    name: t.string({ description: 'What is absent, here and below, stays as it is.' }),
    redirectURIs: t.stringList(),
    postLogoutRedirectURIs: t.stringList(),
    clientURI: t.string({ description: 'Null takes it away.' }),
    initiateLoginURI: t.string({ description: 'Null takes it away.' }),
    backchannelLogoutURI: t.string({ description: 'Null takes it away.' }),
  }),
});

const DeleteClientInput = builder.inputType('DeleteClientInput', {
  fields: (t) => ({ clientID: t.string({ required: true }) }),
});

const RotateClientSecretInput = builder.inputType('RotateClientSecretInput', {
  fields: (t) => ({ clientID: t.string({ required: true }) }),
});

const CreateClientPayload = builder
  .objectRef<{ client: Client; clientSecret?: string }>('CreateClientPayload')
  .implement({
    fields: (t) => ({
      client: t.field({ type: ClientRef, resolve: ({ client }) => client }),
      clientSecret: t.exposeString('clientSecret', {
        nullable: true,
        description: 'Of WEB and M2M; told here and never again.',
      }),
    }),
  });

const UpdateClientPayload = builder
  .objectRef<{ client: Client }>('UpdateClientPayload')
  .implement({ fields: (t) => ({ client: t.field({ type: ClientRef, resolve: ({ client }) => client }) }) });

const DeleteClientPayload = builder.objectRef<{ client: Client }>('DeleteClientPayload').implement({
  fields: (t) => ({
    client: t.field({ type: ClientRef, description: 'As it was.', resolve: ({ client }) => client }),
  }),
});

const RotateClientSecretPayload = builder
  .objectRef<{ client: Client; clientSecret: string }>('RotateClientSecretPayload')
  .implement({
    fields: (t) => ({
      client: t.field({ type: ClientRef, resolve: ({ client }) => client }),
      clientSecret: t.exposeString('clientSecret', { description: 'Told here and never again.' }),
    }),
  });

const clientsIn = ({ deps, project }: ApiContext): Clients => clientsOf(deps, project);

const findClient = (clients: Clients, clientID: string): Promise<Client | undefined> =>
  clients.find(searchable('clientID', clientID));

async function clientOf(clients: Clients, clientID: string): Promise<Client> {
  const client = await findClient(clients, clientID);
  if (client === undefined) throw missing('ClientNotFound', 'this project has no such app');
  return client;
}

builder.queryFields((t) => ({
  clients: t.field({
    type: [ClientRef],
    description: 'The apps of this project, the first made first.',
    resolve: (_, __, context) => clientsIn(context).list(),
  }),
  client: t.field({
    type: ClientRef,
    nullable: true,
    description: 'An app of this project by its client id; or null.',
    args: { clientID: t.arg.string({ required: true }) },
    resolve: (_, { clientID }, context) => findClient(clientsIn(context), clientID),
  }),
}));

builder.mutationFields((t) => ({
  createClient: t.field({
    type: CreateClientPayload,
    description: 'Registers an app with this project.',
    args: { input: t.arg({ type: CreateClientInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const clients = clientsIn(context);
      const { clientID, clientSecret } = await clients.create(
        {
          ...input,
          redirectURIs: input.redirectURIs ?? [],
          postLogoutRedirectURIs: input.postLogoutRedirectURIs ?? [],
        },
        context.acting,
      );
      return { client: await clientOf(clients, clientID), clientSecret };
    },
  }),
  updateClient: t.field({
    type: UpdateClientPayload,
    description: 'Changes an app; its type and its secret stay.',
    args: { input: t.arg({ type: UpdateClientInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const clients = clientsIn(context);
      const clientID = searchable('clientID', input.clientID);
      const changes = {
        name: input.name ?? undefined,
        redirectURIs: input.redirectURIs ?? undefined,
        postLogoutRedirectURIs: input.postLogoutRedirectURIs ?? undefined,
        clientURI: input.clientURI,
        initiateLoginURI: input.initiateLoginURI,
        backchannelLogoutURI: input.backchannelLogoutURI,
      };
      await clients.update(clientID, changes, context.acting);
      return { client: await clientOf(clients, clientID) };
    },
  }),
  deleteClient: t.field({
    type: DeleteClientPayload,
    description: 'Removes an app; its tokens are void at once.',
    args: { input: t.arg({ type: DeleteClientInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const clients = clientsIn(context);
      const client = await clientOf(clients, input.clientID);
      await clients.remove(client.clientID, context.acting);
      return { client };
    },
  }),
  rotateClientSecret: t.field({
    type: RotateClientSecretPayload,
    description: 'Gives an app another secret; the one before stops at once.',
    args: { input: t.arg({ type: RotateClientSecretInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const clients = clientsIn(context);
      const clientID = searchable('clientID', input.clientID);
      const { clientSecret } = await clients.rotateSecret(clientID, context.acting);
      return { client: await clientOf(clients, clientID), clientSecret };
    },
  }),
}));
