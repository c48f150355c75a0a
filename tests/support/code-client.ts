import { createHash } from 'node:crypto';
import type { TestServer } from './server.ts';
import type { VisitedPage, Visitor } from './visitor.ts';
import { sendRaw, type WireAnswer } from './wire.ts';

/** Where the app of these tests wants the browser back; nobody is there. */
export const CALLBACK = 'https://app.example/callback';

const VERIFIER = 'a'.repeat(64);

/** What the token endpoint hands out. */
export interface TokenSet {
  access_token: string;
  refresh_token: string;
  id_token: string;
}

/** An app that speaks OpenID Connect letter by letter, so that a test can hold each code and token in its hand. */
export interface CodeClient {
  clientID: string;
  clientSecret: string;
  /** The address that starts a login; parameters take the place of the usual ones. */
  address(parameters?: Record<string, string>): string;
  /** The code with which a browser came back. */
  codeFrom(page: VisitedPage): string;
  /** Signs somebody in, from the app to the code. */
  authorize(browser: Visitor, loginID: string, password: string): Promise<string>;
  /** Asks the token endpoint; parameters take the place of the usual ones for this code. */
  redeem(code: string, parameters?: Record<string, string>): Promise<WireAnswer>;
  refresh(token: string, parameters?: Record<string, string>): Promise<WireAnswer>;
  /** Signs somebody in, from the app to the tokens. */
  signIn(browser: Visitor, loginID: string, password: string): Promise<TokenSet>;
  userinfo(token: string): Promise<WireAnswer>;
  introspect(token: string): Promise<{ active: boolean }>;
}

/** Registers an app that keeps a secret; where it is told of logouts, if anywhere. */
export async function codeClient(
  server: TestServer,
  name = 'Code app',
  backchannelLogoutURI?: string,
): Promise<CodeClient> {
  const made = await server.json<{ clientID: string; clientSecret: string }>([
    'clients',
    'create',
    ...['--name', name, '--type', 'web', '--redirect-uri', CALLBACK],
    ...(backchannelLogoutURI === undefined ? [] : ['--backchannel-logout-uri', backchannelLogoutURI]),
  ]);
  const basic = Buffer.from(`${made.clientID}:${made.clientSecret}`).toString('base64');
  const post = (path: string, parameters: Record<string, string>): Promise<WireAnswer> =>
    sendRaw(server.port, {
      method: 'POST',
      path,
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(parameters).toString(),
    });

  const client: CodeClient = {
    ...made,
    address: (parameters = {}) =>
      `${server.origin}/oauth2/authorize?${new URLSearchParams({
        client_id: made.clientID,
        response_type: 'code',
        scope: 'openid email offline_access',
        redirect_uri: CALLBACK,
        state: 'state',
        nonce: 'nonce',
        code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
        code_challenge_method: 'S256',
        ...parameters,
      })}`,
    codeFrom({ url, heading, html }) {
      const code = url.href.startsWith(CALLBACK) ? url.searchParams.get('code') : null;
      if (code === null) throw new Error(`no code at ${url}: ${heading} ${html}`);
      return code;
    },
    authorize: async (browser, loginID, password) =>
      client.codeFrom(await browser.signIn(await browser.open(client.address()), loginID, password)),
    redeem: (code, parameters = {}) =>
      post('/oauth2/token', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: CALLBACK,
        code_verifier: VERIFIER,
        ...parameters,
      }),
    refresh: (token, parameters = {}) =>
      post('/oauth2/token', { grant_type: 'refresh_token', refresh_token: token, ...parameters }),
    async signIn(browser, loginID, password) {
      const answer = await client.redeem(await client.authorize(browser, loginID, password));
      if (answer.status !== 200) throw new Error(`no tokens: ${answer.text}`);
      return answer.json() as TokenSet;
    },
    userinfo: (token) =>
      sendRaw(server.port, { path: '/oauth2/userinfo', headers: { authorization: `Bearer ${token}` } }),
    introspect: async (token) => (await post('/oauth2/introspect', { token })).json(),
  };
  return client;
}
