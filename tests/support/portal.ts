import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { ensureAuditPartitions } from '../../server/src/audit/index.ts';
import { createAdminApi } from '../../server/src/faces/admin-api/index.ts';
import { createRenderer, createStandalonePages } from '../../server/src/faces/hosted-pages/index.ts';
import { createPortalApi, type PortalOidc } from '../../server/src/faces/portal-api/index.ts';
import { createHasher, createUser } from '../../server/src/passwords/index.ts';
import { type ManualClock, manualClock } from '../../server/src/platform/clock.ts';
import { readConfig } from '../../server/src/platform/config.ts';
import type { Database } from '../../server/src/platform/database/index.ts';
import { invalid } from '../../server/src/platform/errors.ts';
import { randomToken, sha256 } from '../../server/src/platform/ids.ts';
import { createLog } from '../../server/src/platform/log.ts';
import { createRateLimits } from '../../server/src/platform/rate-limits/index.ts';
import { createSecrets } from '../../server/src/platform/secrets.ts';
import { createWords } from '../../server/src/platform/words/index.ts';
import { createProjects, type Projects, type Role } from '../../server/src/projects/index.ts';
import { sessionStore } from '../../server/src/sessions/index.ts';
import { userStore } from '../../server/src/users/index.ts';
import { testDatabase } from './database.ts';
import { removeFolder, temporaryFolder } from './postgres.ts';

export const OPERATOR_PASSWORD = 'plover hinge 41';

const ACTING = { actor: { type: 'command_line' }, origin: {} } as const;
const SESSION_LIFETIME_MS = 14 * 24 * 60 * 60 * 1_000;

type Variables = { project: Awaited<ReturnType<Projects['get']>>; origin: { ipAddress: string } };

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  json: any;
  location: string | null;
}

/** A browser with cookies of its own, on the home project's origin. */
export interface TestBrowser {
  readonly cookies: Map<string, string>;
  /** `Set-Cookie` lines as they came, the latest last. */
  readonly setCookies: string[];
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Posts JSON as a page of the portal does; headers take the place of those. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Goes through the sign-in of this user; returns the address it ended at. */
  signIn(userID: string, to?: string): Promise<string | null>;
}

export interface TestPortal {
  origin: string;
  database: Database;
  clock: ManualClock;
  projects: Projects;
  log: string[];
  /** What OpenID Connect was told to end. */
  endedSessions: string[];
  browser(): TestBrowser;
  /** Says who signs in at an address of the authorization endpoint; returns where the browser is sent back. */
  authorize(address: string, userID: string): Promise<string>;
  /** Makes an operator of home with a password, and a collaborator of a project. */
  addOperator(email: string, role?: Role, projectID?: string): Promise<string>;
  /** Asks any host for any path. */
  request(url: string, init?: RequestInit): Promise<Answer>;
  stop(): Promise<void>;
}

interface Code {
  challenge: string;
  redirectURI: string;
  signedIn: Awaited<ReturnType<PortalOidc['redeemCode']>>;
}

/** The portal's part of the server over a database of its own; everything is real but OpenID Connect. */
export async function testPortal(env: Record<string, string> = {}): Promise<TestPortal> {
  const { database, stop } = await testDatabase();
  const clock = manualClock();
  const config = readConfig(env);
  const secrets = createSecrets('a secret that only the tests of the portal know');
  const projects = createProjects({ database, clock, secrets, config });
  await ensureAuditPartitions(database, clock);
  const { origin } = await projects.ensureHome();
  const home = database.forProject('home');
  const hasher = createHasher();
  const rateLimits = createRateLimits({ clock, secrets });
  const lines: string[] = [];
  const log = createLog({ level: 'info' }, { write: (line: string) => void lines.push(line) });

  const codes = new Map<string, Code>();
  const endedSessions: string[] = [];
  const oidc: PortalOidc = {
    async redeemCode(_project, { clientID, code, codeVerifier, redirectURI }) {
      const known = codes.get(code);
      codes.delete(code);
      const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
      const isRight =
        clientID === 'portal' && challenge === known?.challenge && redirectURI === known.redirectURI;
      if (!known || !isRight) throw invalid('InvalidGrant', 'the code is not good');
      return known.signedIn;
    },
    async endSession(_project, sessionUID) {
      endedSessions.push(sessionUID);
      await sessionStore(home).revoke({ uid: sessionUID }, clock.now());
    },
  };

  const authorize: TestPortal['authorize'] = async (address, userID) => {
    const asked = new URL(address, origin).searchParams;
    const user = await userStore(home).find(userID);
    if (!user) throw new Error('no such user');
    const { sessionEpoch } = user;
    const sessionUID = randomToken(16);
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + SESSION_LIFETIME_MS);
    await sessionStore(home).save(
      {
        uid: sessionUID,
        idHash: sha256(randomToken()),
        user: { userID, sessionEpoch },
        payload: {},
        expiresAt,
      },
      now,
    );
    const code = randomToken();
    const redirectURI = asked.get('redirect_uri') ?? '';
    codes.set(code, {
      challenge: asked.get('code_challenge') ?? '',
      redirectURI,
      signedIn: { userID, sessionUID, sessionEpoch, authenticatedAt: now },
    });
    return `${redirectURI}?${new URLSearchParams({ code, state: asked.get('state') ?? '' })}`;
  };

  const folder = temporaryFolder();
  writeBuild(folder);
  const words = createWords('pages');
  const assets = { stylesheet: '/assets/p.css', script: '/assets/p.js', files: new Map() };
  const pages = createStandalonePages(createRenderer({ projects, assets, words }));
  const adminApi = async () =>
    createAdminApi({ config, database, clock, secrets, log, hasher, projects, rateLimits });
  const parts = {
    ...{ config, database, clock, secrets, log, hasher, rateLimits, projects, oidc, adminApi, pages },
    folder,
  };

  const app = new Hono<{ Variables: Variables }>();
  app.use(async (c, next) => {
    const project = await projects.byHost(new URL(c.req.url).host);
    if (!project) return c.text('no project', 421);
    c.set('project', project);
    c.set('origin', { ipAddress: '192.0.2.1' });
    return next();
  });
  app.route('/', createPortalApi(parts));
  app.notFound((c) => c.text('nobody answers here', 404));

  const request: TestPortal['request'] = async (url, init) => read(await app.request(url, init));
  return {
    origin,
    database,
    clock,
    projects,
    log: lines,
    endedSessions,
    authorize,
    request,
    browser: () => testBrowser(origin, (url, init) => app.request(url, init), authorize),
    async addOperator(email, role = 'owner', projectID = 'home') {
      const { userID } = await createUser(
        home,
        { clock, hasher, secrets, projects, project: await projects.get('home') },
        {
          loginIDs: [{ type: 'email', value: email }],
          password: OPERATOR_PASSWORD,
          sendPassword: false,
          setPasswordExpired: false,
        },
        ACTING,
      );
      await projects.collaborators.add({ projectID, userID, role }, ACTING);
      return userID;
    },
    async stop() {
      await stop();
      removeFolder(folder);
    },
  };
}

/** What `vite build` makes of the portal, in small. */
function writeBuild(folder: string): void {
  const page =
    '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__">' +
    '<script type="module" nonce="__CSP_NONCE__" src="/portal/assets/main-abc.js"></script>';
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), page);
  writeFileSync(join(folder, 'assets', 'main-abc.js'), `console.log(${JSON.stringify('x'.repeat(5_000))})`);
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJSON = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJSON ? JSON.parse(text) : undefined,
    location: response.headers.get('location'),
  };
}

function testBrowser(
  origin: string,
  send: (url: string, init: RequestInit) => Response | Promise<Response>,
  authorize: TestPortal['authorize'],
): TestBrowser {
  const cookies = new Map<string, string>();
  const setCookies: string[] = [];
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const headers = new Headers(init.headers);
    if (cookies.size > 0)
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await send(new URL(path, origin).href, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      setCookies.push(line);
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return read(response);
  };
  const get: TestBrowser['get'] = (path, headers = {}) => ask(path, { headers });
  return {
    cookies,
    setCookies,
    get,
    post: (path, body, headers = {}) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async signIn(userID, to) {
      const query = to === undefined ? '' : `?${new URLSearchParams({ to })}`;
      const start = await get(`/portal/login${query}`);
      const back = await authorize(start.location ?? '', userID);
      return (await get(back)).location;
    },
  };
}
