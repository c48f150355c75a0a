import { Hono } from 'hono';
import { ensureAuditPartitions } from '../../server/src/audit/index.ts';
import {
  type AppAddresses,
  type Assets,
  assetRoutes,
  createHostedPages,
  createRenderer,
  type HostedPagesDeps,
  type LoginInteractions,
  type PageEnv,
  type PendingLogin,
} from '../../server/src/faces/hosted-pages/index.ts';
import type { FinishedLogin } from '../../server/src/login/index.ts';
import { createHasher, createUser, type Hasher } from '../../server/src/passwords/index.ts';
import { type ManualClock, manualClock } from '../../server/src/platform/clock.ts';
import type { Database } from '../../server/src/platform/database/index.ts';
import { createLog } from '../../server/src/platform/log.ts';
import { createRateLimits } from '../../server/src/platform/rate-limits/index.ts';
import { createSecrets, type Secrets } from '../../server/src/platform/secrets.ts';
import { createWords } from '../../server/src/platform/words/index.ts';
import { createProjects, type Project, type Projects } from '../../server/src/projects/index.ts';
import { testDatabase } from './database.ts';

/** The password every user of these tests starts with; it satisfies the default policy. */
export const FIRST_PASSWORD = 'plover hinge 41';

const ACTING = { actor: { type: 'command_line' }, origin: {} } as const;

/** OpenID Connect as the pages know it, without any: an app has asked for one login, and gets told who came. */
interface FakeOidc extends LoginInteractions {
  pending: PendingLogin | undefined;
  session: { userID: string; sessionUID?: string; sessionEpoch?: number } | undefined;
  /** What is known of each app, by its id. */
  apps: Record<string, AppAddresses>;
  finished: FinishedLogin[];
}

function fakeOidc(): FakeOidc {
  const oidc: FakeOidc = {
    pending: {
      uid: 'uid-1',
      clientID: 'app-1',
      clientName: 'Example App',
      redirectURI: 'https://app.example/callback',
    },
    session: undefined,
    apps: {},
    finished: [],
    interaction: async () => oidc.pending,
    async finishLogin(_project, _request, _response, login) {
      oidc.finished.push(login);
      return `/oauth2/authorize/${oidc.pending?.uid}`;
    },
    clients: () => ({ find: async (clientID) => oidc.apps[clientID] }),
    signedIn: async () => oidc.session && { sessionUID: 'session-1', sessionEpoch: 0, ...oidc.session },
    renewSession: async () => {},
    async signOut() {
      oidc.session = undefined;
    },
  };
  return oidc;
}

export interface TestPages {
  app: Hono<PageEnv>;
  database: Database;
  clock: ManualClock;
  secrets: Secrets;
  projects: Projects;
  oidc: FakeOidc;
  /** Everything logged so far. */
  log: string[];
  /** A browser with cookies of its own, on one project's origin. */
  browser(projectID?: string): TestBrowser;
  createUser(email: string, options?: { mustChange?: boolean; projectID?: string }): Promise<string>;
  set(key: string, value: unknown): Promise<void>;
  project(id?: string): Promise<Project>;
  stop(): Promise<void>;
}

export interface TestBrowser {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a form; `csrf` is the token of the page this browser was given last, unless the fields name another. */
  post(
    path: string,
    fields: Record<string, string> | [string, string][],
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Sends a body as it is. */
  send(path: string, body: string, headers: Record<string, string>): Promise<Answer>;
  /** The token against forged requests of the page given last. */
  token(): string;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Where it leads, of a redirect. */
  location: string | null;
}

/** The hosted pages over a database of the test's own, in this process, with everything real but OpenID Connect. */
export async function testPages(options: { hasher?: Hasher; assets?: Assets } = {}): Promise<TestPages> {
  const { database, stop } = await testDatabase();
  const clock = manualClock();
  const secrets = createSecrets('a secret that only the tests of the hosted pages know');
  const projects = createProjects({ database, clock, secrets, config: { port: 4000 } });
  await ensureAuditPartitions(database, clock);
  await projects.ensureHome();
  const hasher = options.hasher ?? createHasher();
  const words = createWords('pages');
  const assets = options.assets ?? { stylesheet: '/assets/p.css', script: '/assets/p.js', files: new Map() };
  const oidc = fakeOidc();
  const lines: string[] = [];
  const log = createLog({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const renderer = createRenderer({ projects, assets, words });
  const deps: HostedPagesDeps = {
    database,
    clock,
    secrets,
    log,
    hasher,
    rateLimits: createRateLimits({ clock, secrets }),
    projects,
    oidc,
    words,
    renderer,
  };

  const app = new Hono<PageEnv>();
  app.use(async (c, next) => {
    const project = await projects.byHost(new URL(c.req.url).host);
    if (!project) return c.text('no project', 421);
    c.set('project', project);
    c.set('origin', { ipAddress: '192.0.2.1', userAgent: c.req.header('user-agent') });
    return next();
  });
  app.route('/', assetRoutes(assets));
  app.route('/', createHostedPages(deps));

  const project = (id = 'home') => projects.get(id);
  return {
    app,
    database,
    clock,
    secrets,
    projects,
    oidc,
    log: lines,
    project,
    browser: (projectID = 'home') =>
      testBrowser(async (path, init) => app.request((await project(projectID)).origin + path, init, {})),
    async createUser(email, { mustChange = false, projectID = 'home' } = {}) {
      const { userID } = await createUser(
        database.forProject(projectID),
        { clock, hasher: createHasher(), secrets, projects, project: await project(projectID) },
        {
          loginIDs: [{ type: 'email', value: email }],
          password: FIRST_PASSWORD,
          sendPassword: false,
          setPasswordExpired: mustChange,
        },
        ACTING,
      );
      return userID;
    },
    set: async (key, value) => projects.setSetting(await project(), key, value, ACTING),
    stop,
  };
}

type Send = (path: string, init: RequestInit) => Promise<Response>;

function testBrowser(send: Send): TestBrowser {
  const cookies = new Map<string, string>();
  let token = '';

  const ask = async (path: string, init: RequestInit & { headers: Record<string, string> }) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie ? { cookie } : {}), ...init.headers };
    const response = await send(path, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = await response.text();
    token = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? token;
    const location = response.headers.get('location');
    return { status: response.status, headers: response.headers, text, location };
  };

  const browser: TestBrowser = {
    cookies,
    token: () => token,
    get: (path, headers = {}) => ask(path, { headers }),
    post(path, fields, headers = {}) {
      const given = Array.isArray(fields) ? fields : Object.entries({ csrf: token, ...fields });
      return browser.send(path, new URLSearchParams(given).toString(), {
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      });
    },
    send: (path, body, headers) =>
      ask(path, {
        method: 'POST',
        body,
        headers: { 'content-length': `${Buffer.byteLength(body)}`, ...headers },
      }),
  };
  return browser;
}
