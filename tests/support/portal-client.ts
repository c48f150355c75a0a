import type { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';
import { sendRaw, type WireAnswer } from './wire.ts';

/** The portal in an operator's browser, as its own pages talk to the server. */
export interface PortalClient {
  browser: Visitor;
  /** Asks the Admin API of a project with the operator's session. */
  ask(query: string, variables?: Record<string, unknown>, projectID?: string): Promise<WireAnswer>;
  /** Sends JSON to the portal's own part of the server. */
  post(path: string, body: unknown): Promise<WireAnswer>;
  /** Whether the operator is signed in. */
  isSignedIn(): Promise<boolean>;
}

/** Signs an operator in to the portal, in this browser or one of their own. */
export async function portalClient(
  stage: Stage,
  email: string,
  password: string,
  browser?: Visitor,
): Promise<PortalClient> {
  const { server } = stage;
  const someone = browser ?? (await stage.visitor());
  const page = await someone.open(`${server.origin}/portal/login`);
  const landed = page.heading === 'Sign in' ? await someone.signIn(page, email, password) : page;
  if (landed.url.pathname !== '/portal/')
    throw new Error(`not in the portal: ${landed.url} ${landed.heading}`);

  const send = async (method: string, path: string, body?: unknown): Promise<WireAnswer> => {
    const cookies = Object.entries(await someone.cookies()).map(([name, value]) => `${name}=${value}`);
    return sendRaw(server.port, {
      method,
      path: `/portal/api/${path}`,
      headers: { cookie: cookies.join('; '), origin: server.origin, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  };
  return {
    browser: someone,
    ask: (query, variables, projectID = 'home') => send('POST', `${projectID}/graphql`, { query, variables }),
    post: (path, body) => send('POST', path, body),
    isSignedIn: async () => (await send('GET', 'me')).status === 200,
  };
}
