import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as oidc from 'openid-client';
import type { TestServer } from './server.ts';

/** The tokens of somebody who signed in to the app. */
export type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;

/** An app of somebody else that signs its users in here: a real OpenID Connect client behind a real address. */
export interface TestApp {
  /** Opening it starts a login; who is in sees `Hello <sub>`. */
  origin: string;
  /** Where its *Sign out* leads; who is back from there sees `Goodbye`. */
  signOut(): string;
  /** What the latest login brought. */
  tokens(): Tokens;
  /** Whether the refresh token still is good for new tokens; the new ones count from then on. */
  refreshes(refreshToken: string): Promise<boolean>;
  /** What userinfo says, or undefined where the access token is refused. */
  userinfo(tokens: Tokens): Promise<Record<string, unknown> | undefined>;
  stop(): Promise<void>;
}

interface Redirect {
  status: 303;
  headers: { location: string };
  body: '';
}

const page = (heading: string) => ({
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: `<!doctype html><html lang="en"><title>App</title><main><h1>${heading}</h1></main>`,
});

/** Where the app says that people may be sent, beside its callback. */
interface AppOptions {
  /** Its home page, `/home`. */
  hasHome?: boolean;
  /** The place that begins a login, `/begin`. */
  initiatesLogins?: boolean;
}

/** Registers an app with the server and starts it. */
export async function startApp(
  server: TestServer,
  { hasHome = false, initiatesLogins = false }: AppOptions = {},
): Promise<TestApp> {
  const pending = new Map<string, { verifier: string; nonce: string }>();
  let config: oidc.Configuration;
  let tokens: Tokens | undefined;

  const routes: Record<string, (url: URL) => Promise<ReturnType<typeof page> | Redirect>> = {
    '/callback': finish,
    '/goodbye': async () => page('Goodbye'),
    '/home': async () => page('Welcome'),
  };
  const http = createServer((request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const answer = (routes[url.pathname] ?? begin)(url);
    answer.then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => response.writeHead(500).end(`The app failed: ${String(error)}`),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const redirectURI = `${origin}/callback`;
  const goodbyeURI = `${origin}/goodbye`;

  const { clientID, clientSecret } = await server.json<{ clientID: string; clientSecret: string }>([
    'clients',
    'create',
    ...['--name', 'Test app', '--type', 'web', '--redirect-uri', redirectURI],
    ...['--post-logout-redirect-uri', goodbyeURI],
    ...(hasHome ? ['--client-uri', `${origin}/home`] : []),
    ...(initiatesLogins ? ['--initiate-login-uri', `${origin}/begin`] : []),
  ]);
  config = await oidc.discovery(new URL(server.origin), clientID, clientSecret, undefined, {
    execute: [oidc.allowInsecureRequests],
  });

  async function begin(): Promise<Redirect> {
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
    pending.set(state, { verifier, nonce });
    const location = oidc.buildAuthorizationUrl(config, {
      redirect_uri: redirectURI,
      scope: 'openid email offline_access',
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { status: 303, headers: { location: location.href }, body: '' };
  }

  async function finish(url: URL) {
    const state = url.searchParams.get('state') ?? '';
    const { verifier = '', nonce } = pending.get(state) ?? {};
    tokens = await oidc.authorizationCodeGrant(config, url, {
      pkceCodeVerifier: verifier,
      expectedNonce: nonce,
      expectedState: state,
    });
    return page(`Hello ${tokens.claims()?.sub}`);
  }

  return {
    origin,
    signOut: () =>
      oidc.buildEndSessionUrl(config, {
        id_token_hint: tokens?.id_token ?? '',
        post_logout_redirect_uri: goodbyeURI,
      }).href,
    tokens() {
      if (!tokens) throw new Error('nobody has signed in to the app');
      return tokens;
    },
    async refreshes(refreshToken) {
      try {
        tokens = await oidc.refreshTokenGrant(config, refreshToken);
        return true;
      } catch (error) {
        if (error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant') return false;
        throw error;
      }
    },
    async userinfo(asked) {
      try {
        return await oidc.fetchUserInfo(config, asked.access_token, oidc.skipSubjectCheck);
      } catch (error) {
        if (error instanceof oidc.WWWAuthenticateChallengeError) return undefined;
        throw error;
      }
    },
    stop() {
      http.closeAllConnections();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };
}
