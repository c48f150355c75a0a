import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as client from 'openid-client';
import { ensureAuditPartitions, type Origin } from '../../server/src/audit/index.ts';
import { accountStatus } from '../../server/src/login/index.ts';
import { createOidc, type NewClient, type Oidc, type OidcPages } from '../../server/src/oidc/index.ts';
import { type Clock, systemClock } from '../../server/src/platform/clock.ts';
import type { Database, ProjectDb } from '../../server/src/platform/database/index.ts';
import { createLog } from '../../server/src/platform/log.ts';
import { createRateLimits } from '../../server/src/platform/rate-limits/index.ts';
import { createSecrets } from '../../server/src/platform/secrets.ts';
import { createProjects, type Project, type Projects } from '../../server/src/projects/index.ts';
import { insertUser, normalizeLoginID, type User, userStore } from '../../server/src/users/index.ts';
import { testDatabase } from './database.ts';

const ACTING = { actor: { type: 'command_line' }, origin: {} } as const;

/** Where the app of these tests wants the browser back. */
export const CALLBACK = 'https://app.example/callback';

/** The machine's clock, which can be set ahead: oidc-provider knows no other. */
export interface ShiftedClock extends Clock {
  advance(ms: number): void;
}

function shiftedClock(): ShiftedClock {
  let ahead = 0;
  return {
    now: () => new Date(systemClock.now().getTime() + ahead),
    advance(ms) {
      ahead += ms;
    },
  };
}

/** OpenID Connect over a database of the test's own, behind a real HTTP server, with a stand-in for the login page. */
export interface OidcServer {
  database: Database;
  /** Reaches the database. */
  url: string;
  clock: ShiftedClock;
  projects: Projects;
  /** Two processes on one database; requests go to the first unless told. */
  processes: readonly [Oidc, Oidc];
  /** Sends requests to the other process from now on. */
  switchProcess(index: 0 | 1): void;
  /** Sends a request to the loopback, whatever name the address has. */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>;
  project(id?: string): Promise<Project>;
  db(id?: string): ProjectDb;
  createUser(loginID: string, projectID?: string): Promise<User>;
  /** Everything logged so far. */
  log: string[];
  stop(): Promise<void>;
}

const page = (what: string) => async (_audience: unknown, detail?: unknown) => ({
  html: `<!doctype html><title>${what}</title><script type="application/json">${JSON.stringify(detail ?? {})}</script>`,
  headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': "default-src 'none'" },
});

const PAGES: OidcPages = {
  notFound: page('not found'),
  protocolError: page('protocol error'),
  logoutQuestion: page('logout question'),
  signedOut: page('signed out'),
};

/** What the stand-in page was told in its `script` element. */
export function detailOf<T = Record<string, unknown>>(html: string): T {
  return JSON.parse(/<script type="application\/json">(.*)<\/script>/.exec(html)?.[1] ?? '{}') as T;
}

export async function oidcServer(): Promise<OidcServer> {
  const { database, url, stop } = await testDatabase();
  const clock = shiftedClock();
  const secrets = createSecrets('a secret that only the tests of OpenID Connect know');
  const config = { port: 0 };
  const lines: string[] = [];
  const log = createLog({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const process = (): { projects: Projects; oidc: Oidc } => {
    const projects = createProjects({ database, clock, secrets, config });
    return {
      projects,
      oidc: createOidc({
        ...{ database, clock, secrets, log, projects, accountStatus },
        pages: PAGES,
        rateLimits: createRateLimits({ clock, secrets }),
      }),
    };
  };
  const both = [process(), process()] as const;
  let current: 0 | 1 = 0;
  const { projects } = both[0];

  const server = createServer((incoming, outgoing) => {
    respond(both[current], database, incoming, outgoing).catch((error: unknown) => {
      outgoing.writeHead(500).end(String(error));
    });
  });
  await listen(server);
  config.port = (server.address() as AddressInfo).port;
  await ensureAuditPartitions(database, clock);
  await projects.ensureHome();
  await projects.create({ name: 'Shop', id: 'shop' }, ACTING);

  return {
    database,
    url,
    clock,
    projects,
    processes: [both[0].oidc, both[1].oidc],
    switchProcess: (index) => {
      current = index;
    },
    fetch: (url, init) => send(config.port, new URL(url), init),
    project: (id = 'home') => projects.get(id),
    db: (id = 'home') => database.forProject(id),
    createUser: (loginID, projectID = 'home') => {
      const type = loginID.includes('@') ? 'email' : 'username';
      const loginIDs = [normalizeLoginID(type, loginID)];
      return database
        .forProject(projectID)
        .transaction((tx) => insertUser(tx, { clock }, { loginIDs }, ACTING));
    },
    log: lines,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await stop();
    },
  };
}

const listen = (server: Server): Promise<void> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

/** What the app does around OpenID Connect; `/login/<uid>?user=<id>` stands for a finished login page. */
async function respond(
  { projects, oidc }: { projects: Projects; oidc: Oidc },
  database: Database,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const project = await projects.byHost(incoming.headers.host ?? '');
  if (!project) return void outgoing.writeHead(421).end();
  const origin: Origin = { ipAddress: '192.0.2.7', userAgent: incoming.headers['user-agent'] };
  const url = new URL(incoming.url ?? '/', project.origin);
  const sendJSON = (value: unknown) => void outgoing.end(JSON.stringify(value ?? null));

  if (url.pathname === '/who') return sendJSON(await oidc.signedIn(project, incoming, outgoing));
  if (url.pathname === '/sign-out') {
    await oidc.signOut(project, incoming, outgoing);
    return sendJSON(true);
  }
  if (url.pathname.startsWith('/login/')) {
    const pending = await oidc.interaction(project, incoming, outgoing);
    const userID = url.searchParams.get('user');
    if (!pending || userID === null) return sendJSON(pending);
    const user = await userStore(database.forProject(project.id)).find(userID);
    if (!user) throw new Error('no such user');
    const behind = Number(url.searchParams.get('behind') ?? 0);
    const next = await oidc.finishLogin(project, incoming, outgoing, {
      userID,
      sessionEpoch: user.sessionEpoch,
      passwordVersion: user.passwordVersion - behind,
      amr: ['pwd'],
      provedAt: new Date(),
    });
    outgoing.writeHead(303, { location: next }).end();
    return;
  }
  await oidc.handle(project, incoming, outgoing, origin);
}

/** `fetch` to the loopback under any host name, without following redirects. */
function send(port: number, url: URL, init: RequestInit = {}): Promise<Response> {
  const headers = Object.fromEntries(new Headers(init.headers));
  const body = init.body === undefined || init.body === null ? undefined : String(init.body);
  if (init.body instanceof URLSearchParams) {
    headers['content-type'] ??= 'application/x-www-form-urlencoded;charset=UTF-8';
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path: url.pathname + url.search,
        method: init.method ?? 'GET',
        headers: {
          host: url.host,
          ...headers,
          ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const status = incoming.statusCode ?? 500;
          const answered = new Headers();
          for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
            answered.append(incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '');
          }
          const bare = status === 204 || status === 304;
          resolve(new Response(bare ? null : Buffer.concat(chunks), { status, headers: answered }));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** A browser: keeps cookies by path and follows redirects as long as they stay on the server. */
export interface Browser {
  cookies: Map<string, { value: string; path: string }>;
  /** Follows to the end; `left` is the address of the app it was sent to. */
  open(
    url: string | URL,
    init?: RequestInit,
  ): Promise<{ response: Response; text: string; url: URL; left?: URL }>;
  /** One request, no redirect followed. */
  step(url: string | URL, init?: RequestInit): Promise<Response>;
}

export function browserOf(server: Pick<OidcServer, 'fetch'>, origin: string): Browser {
  const cookies: Browser['cookies'] = new Map();
  const keep = (response: Response): void => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const path = attributes.find((attribute) => attribute.startsWith('path='))?.slice(5) ?? '/';
      if (value === '') cookies.delete(name);
      else cookies.set(name, { value, path });
    }
  };
  const step: Browser['step'] = async (url, init) => {
    const target = new URL(url, origin);
    const sent = [...cookies]
      .filter(
        ([, { path }]) => path === '/' || target.pathname === path || target.pathname.startsWith(`${path}/`),
      )
      .map(([name, { value }]) => `${name}=${value}`);
    const headers = new Headers(init?.headers);
    if (sent.length > 0) headers.set('cookie', sent.join('; '));
    headers.set('accept', 'text/html');
    headers.set('user-agent', 'TestBrowser/1');
    const response = await server.fetch(target, { ...init, headers });
    keep(response);
    return response;
  };
  return {
    cookies,
    step,
    async open(url, init) {
      let target = new URL(url, origin);
      let response = await step(target, init);
      for (let hops = 0; hops < 10; hops++) {
        const location = response.headers.get('location');
        if (location === null) break;
        target = new URL(location, target);
        if (target.origin !== origin) return { response, text: '', url: target, left: target };
        response = await step(target);
      }
      return { response, text: await response.text(), url: target };
    },
  };
}

/** An app with a registration of its own, and everything openid-client does for it. */
export interface TestApp {
  clientID: string;
  clientSecret?: string;
  config: client.Configuration;
  browser: Browser;
  /** Begins a sign-in; returns where the browser ends up, with what is needed to take it up again. */
  begin(parameters?: Record<string, string>, browser?: Browser): Promise<Begun>;
  /** Signs in as the user, from the app to the tokens. */
  signIn(user: Pick<User, 'id'>, parameters?: Record<string, string>, browser?: Browser): Promise<Tokens>;
  /** As far as the app's address with the code. */
  authorize(
    user: Pick<User, 'id'>,
    parameters?: Record<string, string>,
    browser?: Browser,
  ): Promise<Authorized>;
  /** Redeems what `authorize` came back with. */
  redeem(authorized: Authorized): Promise<Tokens>;
}

export interface Begun {
  verifier: string;
  state: string;
  nonce: string;
  end: Awaited<ReturnType<Browser['open']>>;
}

export interface Authorized extends Omit<Begun, 'end'> {
  callback: URL;
  code: string;
}

export type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>;

/** Registers an app in the project and discovers the server for it. */
export async function testApp(
  server: OidcServer,
  input: Partial<NewClient> = {},
  projectID = 'home',
): Promise<TestApp> {
  const project = await server.project(projectID);
  const registration = { name: 'Example', type: 'spa' as const, redirectURIs: [CALLBACK], ...input };
  const made = await server.processes[0].clients(project).create(registration, ACTING);
  const [redirectURI = CALLBACK] = registration.redirectURIs;
  const config = await client.discovery(
    new URL(project.origin),
    made.clientID,
    made.clientSecret,
    made.clientSecret === undefined ? client.None() : client.ClientSecretBasic(made.clientSecret),
    {
      [client.customFetch]: (url, init) => server.fetch(url, init as RequestInit),
      execute: [client.allowInsecureRequests],
    },
  );
  const ownBrowser = browserOf(server, project.origin);

  const app: TestApp = {
    ...made,
    config,
    browser: ownBrowser,
    async begin(parameters = {}, browser = ownBrowser) {
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const nonce = client.randomNonce();
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectURI,
        scope: 'openid profile email offline_access',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...parameters,
      });
      return { verifier, state, nonce, end: await browser.open(url) };
    },
    async authorize(user, parameters, browser = ownBrowser) {
      const { end, ...rest } = await app.begin(parameters, browser);
      const { left } = end.left ? end : await browser.open(`${end.url.pathname}?user=${user.id}`);
      const code = left?.searchParams.get('code');
      if (!left || !code) throw new Error(`no code: ${left ?? end.text}`);
      return { ...rest, callback: left, code };
    },
    redeem: ({ callback, verifier, state, nonce }) =>
      client.authorizationCodeGrant(config, callback, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
      }),
    signIn: async (user, parameters, browser) => app.redeem(await app.authorize(user, parameters, browser)),
  };
  return app;
}
