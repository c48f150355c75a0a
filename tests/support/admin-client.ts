import { importPKCS8, type JWTPayload, SignJWT } from 'jose';
import type { TestServer } from './server.ts';
import { sendRaw, type WireAnswer, type WireRequest } from './wire.ts';

/** An answer of the Admin API as it came over the wire. */
export interface AdminAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  data?: any;
  errors?: {
    message: string;
    extensions: { errorName: string; reason: string; info?: Record<string, unknown> };
  }[];
}

/** A program that holds a key of a project's Admin API. */
export interface AdminClient {
  projectID: string;
  keyID: string;
  privateKey: string;
  /** A good token, five minutes long, unless the claims say otherwise. */
  token(claims?: JWTPayload): Promise<string>;
  /** Sends a request with a good token, whatever else it holds. */
  send(asked?: Partial<WireRequest>): Promise<WireAnswer>;
  ask(query: string, variables?: Record<string, unknown>): Promise<AdminAnswer>;
  /** Runs a mutation with one input and returns its payload; throws where it is refused. */
  mutate(name: string, input: Record<string, unknown>, fields: string): Promise<Record<string, unknown>>;
}

/** The Admin API's address. */
export const ADMIN_API = '/_api/admin/graphql';

/** The mutation of that name, written out. */
export const mutation = (name: string, fields: string): string =>
  `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} } }`;

/** Makes a key with the command line, and a client that uses it. */
export async function adminClient(server: TestServer, projectID = 'home'): Promise<AdminClient> {
  const made = await server.json<{ keyID: string; privateKey: string }>([
    'admin-keys',
    'create',
    ...['--project', projectID],
  ]);
  const key = await importPKCS8(made.privateKey, 'RS256');
  const host = projectID === 'home' ? `localhost:${server.port}` : `${projectID}.localhost:${server.port}`;

  const client: AdminClient = {
    projectID,
    ...made,
    token(claims = {}) {
      const iat = Math.floor(Date.now() / 1_000);
      return new SignJWT({ aud: projectID, iat, exp: iat + 300, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: made.keyID })
        .sign(key);
    },
    async send({ headers, ...asked } = {}) {
      return sendRaw(server.port, {
        method: 'POST',
        path: ADMIN_API,
        headers: {
          host,
          authorization: `Bearer ${await client.token()}`,
          'content-type': 'application/json',
          ...headers,
        },
        ...asked,
      });
    },
    async ask(query, variables) {
      const answer = await client.send({ body: JSON.stringify({ query, variables }) });
      return { status: answer.status, ...answer.json() };
    },
    async mutate(name, input, fields) {
      const { data, errors } = await client.ask(mutation(name, fields), { input });
      if (errors) throw new Error(`${name} is refused: ${JSON.stringify(errors)}`);
      return data[name];
    },
  };
  return client;
}
