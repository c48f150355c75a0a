import { queryOptions } from '@tanstack/react-query';
import { ask, graphql, type ResultOf } from '../api/graphql.ts';

const AdminKeysDocument = graphql(`
  query AdminKeys {
    adminKeys {
      keyID
      createdAt
      lastUsedAt
      revokedAt
    }
  }
`);

/** A key of the Admin API; its private part is nowhere any more. */
export type AdminKey = ResultOf<typeof AdminKeysDocument>['adminKeys'][number];

/** Everything that is cached about the keys of a project. */
export const adminKeysKey = (projectID: string) => [projectID, 'admin-keys'] as const;

/** The keys of a project, revoked ones included. */
export const adminKeysQuery = (projectID: string) =>
  queryOptions({
    queryKey: adminKeysKey(projectID),
    queryFn: async ({ signal }) => (await ask(projectID, AdminKeysDocument, {}, signal)).adminKeys,
  });

const CreateAdminKeyDocument = graphql(`
  mutation CreateAdminKey {
    createAdminKey {
      adminKey {
        keyID
      }
      privateKey
    }
  }
`);

/** A key that was just made, with the private part that is told this once. */
export interface NewAdminKey {
  keyID: string;
  /** PKCS #8 in PEM. */
  privateKey: string;
}

/** Makes a key. */
export async function createAdminKey(projectID: string): Promise<NewAdminKey> {
  const { adminKey, privateKey } = (await ask(projectID, CreateAdminKeyDocument, {})).createAdminKey;
  return { keyID: adminKey.keyID, privateKey };
}

const RevokeAdminKeyDocument = graphql(`
  mutation RevokeAdminKey($keyID: String!) {
    revokeAdminKey(input: { keyID: $keyID }) {
      adminKey {
        keyID
      }
    }
  }
`);

/** Ends a key at once. */
export const revokeAdminKey = (projectID: string, keyID: string): Promise<unknown> =>
  ask(projectID, RevokeAdminKeyDocument, { keyID });
