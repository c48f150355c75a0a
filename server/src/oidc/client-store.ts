import { type Kysely, sql } from 'kysely';
import type { DB, ProjectDb } from '../platform/database/index.ts';
import type { Sealed, SealedStore } from '../platform/secret-rotation.ts';
import type { CheckedClient } from './check-client.ts';
import type { Client, ClientType } from './model.ts';

/** An app as it is stored: its secret sealed. */
export interface StoredClient extends Client {
  secretSealed: string | null;
}

/** In the words of Dynamic Client Registration (RFC 7591, section 2, and the OpenID specifications). */
interface Metadata {
  redirect_uris: string[];
  post_logout_redirect_uris: string[];
  client_uri?: string;
  initiate_login_uri?: string;
  backchannel_logout_uri?: string;
}

const toMetadata = (client: Omit<CheckedClient, 'type'>): string =>
  JSON.stringify({
    redirect_uris: client.redirectURIs,
    post_logout_redirect_uris: client.postLogoutRedirectURIs,
    client_uri: client.clientURI,
    initiate_login_uri: client.initiateLoginURI,
    backchannel_logout_uri: client.backchannelLogoutURI,
  } satisfies Metadata);

interface Row {
  id: string;
  name: string;
  type: string;
  secret_sealed: string | null;
  metadata: unknown;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = ['id', 'name', 'type', 'secret_sealed', 'metadata', 'created_at', 'updated_at'] as const;

function fromRow(row: Row): StoredClient {
  const metadata = row.metadata as Metadata;
  return {
    clientID: row.id,
    name: row.name,
    type: row.type as ClientType,
    redirectURIs: metadata.redirect_uris,
    postLogoutRedirectURIs: metadata.post_logout_redirect_uris,
    clientURI: metadata.client_uri,
    initiateLoginURI: metadata.initiate_login_uri,
    backchannelLogoutURI: metadata.backchannel_logout_uri,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    secretSealed: row.secret_sealed,
  };
}

/** The apps of one project. */
export const clientStore = (db: ProjectDb) => ({
  /** The first made first. A project has some, not millions. */
  async list(): Promise<StoredClient[]> {
    const rows = await db.kysely
      .selectFrom('clients')
      .select(COLUMNS)
      .where('project_id', '=', db.projectID)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(fromRow);
  },

  async find(clientID: string): Promise<StoredClient | undefined> {
    const row = await db.kysely
      .selectFrom('clients')
      .select(COLUMNS)
      .where('project_id', '=', db.projectID)
      .where('id', '=', clientID)
      .executeTakeFirst();
    return row && fromRow(row);
  },

  async insert(client: StoredClient): Promise<void> {
    await db.kysely
      .insertInto('clients')
      .values({
        project_id: db.projectID,
        id: client.clientID,
        name: client.name,
        type: client.type,
        secret_sealed: client.secretSealed,
        metadata: toMetadata(client),
        created_at: client.createdAt,
        updated_at: client.updatedAt,
      })
      .execute();
  },

  async update(clientID: string, client: CheckedClient, at: Date): Promise<void> {
    await db.kysely
      .updateTable('clients')
      .set({ name: client.name, metadata: toMetadata(client), updated_at: at })
      .where('project_id', '=', db.projectID)
      .where('id', '=', clientID)
      .execute();
  },

  async setSecret(clientID: string, secretSealed: string, at: Date): Promise<void> {
    await db.kysely
      .updateTable('clients')
      .set({ secret_sealed: secretSealed, updated_at: at })
      .where('project_id', '=', db.projectID)
      .where('id', '=', clientID)
      .execute();
  },

  /** Returns what it was; undefined where there is none. */
  async remove(clientID: string): Promise<StoredClient | undefined> {
    const row = await db.kysely
      .deleteFrom('clients')
      .where('project_id', '=', db.projectID)
      .where('id', '=', clientID)
      .returning(COLUMNS)
      .executeTakeFirst();
    return row && fromRow(row);
  },
});

/** The secrets of the apps of all projects, for sealing them anew. */
export const sealedClientSecrets = (kysely: Kysely<DB>): SealedStore => ({
  async notUnder(mark) {
    const { rows } = await sql<Sealed>`
      select project_id as "projectID", id, secret_sealed as sealed from clients
      where not starts_with(secret_sealed, ${mark})
      order by project_id, id for update`.execute(kysely);
    return rows;
  },

  async put({ projectID, id, sealed }) {
    await kysely
      .updateTable('clients')
      .set({ secret_sealed: sealed })
      .where('project_id', '=', projectID)
      .where('id', '=', id)
      .execute();
  },
});
