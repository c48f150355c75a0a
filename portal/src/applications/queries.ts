import { queryOptions } from '@tanstack/react-query';
import { ask, graphql, type ResultOf } from '../api/graphql.ts';

const ClientFields = graphql(`
  fragment ClientFields on Client @_unmask {
    clientID
    name
    type
    redirectURIs
    postLogoutRedirectURIs
    clientURI
    initiateLoginURI
    backchannelLogoutURI
    createdAt
    updatedAt
  }
`);

/** An app that signs its users in with the project. */
export type Client = ResultOf<typeof ClientFields>;
export type ClientType = Client['type'];

/** What may be changed of an app later on. */
export interface ClientInput {
  name: string;
  redirectURIs: string[];
  postLogoutRedirectURIs: string[];
  clientURI: string | null;
  initiateLoginURI: string | null;
  backchannelLogoutURI: string | null;
}

/** An app with the secret that is told this once; a type that keeps none has none. */
export interface ClientWithSecret {
  client: Client;
  clientSecret: string | null;
}

/** Everything that is cached about the apps of a project. */
export const clientsKey = (projectID: string) => [projectID, 'clients'] as const;

const ClientsDocument = graphql(
  `
    query Clients {
      clients {
        ...ClientFields
      }
    }
  `,
  [ClientFields],
);

/** The apps of a project, the first made first. */
export const clientsQuery = (projectID: string) =>
  queryOptions({
    queryKey: clientsKey(projectID),
    queryFn: async ({ signal }) => (await ask(projectID, ClientsDocument, {}, signal)).clients,
  });

const ClientDocument = graphql(
  `
    query Client($clientID: String!) {
      client(clientID: $clientID) {
        ...ClientFields
      }
    }
  `,
  [ClientFields],
);

/** One app; null where the project has none of this id. */
export const clientQuery = (projectID: string, clientID: string) =>
  queryOptions({
    queryKey: [...clientsKey(projectID), clientID],
    queryFn: async ({ signal }) => (await ask(projectID, ClientDocument, { clientID }, signal)).client,
  });

const CreateClientDocument = graphql(
  `
    mutation CreateClient($input: CreateClientInput!) {
      createClient(input: $input) {
        client {
          ...ClientFields
        }
        clientSecret
      }
    }
  `,
  [ClientFields],
);

/** Registers an app. */
export const createClient = async (
  projectID: string,
  input: ClientInput & { type: ClientType },
): Promise<ClientWithSecret> => (await ask(projectID, CreateClientDocument, { input })).createClient;

const UpdateClientDocument = graphql(
  `
    mutation UpdateClient($input: UpdateClientInput!) {
      updateClient(input: $input) {
        client {
          ...ClientFields
        }
      }
    }
  `,
  [ClientFields],
);

/** Changes an app. */
export const updateClient = async (
  projectID: string,
  clientID: string,
  changes: ClientInput,
): Promise<Client> =>
  (await ask(projectID, UpdateClientDocument, { input: { clientID, ...changes } })).updateClient.client;

const RotateClientSecretDocument = graphql(
  `
    mutation RotateClientSecret($clientID: String!) {
      rotateClientSecret(input: { clientID: $clientID }) {
        client {
          ...ClientFields
        }
        clientSecret
      }
    }
  `,
  [ClientFields],
);

/** Gives an app another secret; the one before stops at once. */
export const rotateSecret = async (projectID: string, clientID: string): Promise<string> =>
  (await ask(projectID, RotateClientSecretDocument, { clientID })).rotateClientSecret.clientSecret;

const DeleteClientDocument = graphql(`
  mutation DeleteClient($clientID: String!) {
    deleteClient(input: { clientID: $clientID }) {
      client {
        clientID
      }
    }
  }
`);

/** Removes an app. */
export const deleteClient = (projectID: string, clientID: string): Promise<unknown> =>
  ask(projectID, DeleteClientDocument, { clientID });
