import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type autocannon from 'autocannon';
import { type CodeClient, codeClient } from '../tests/support/code-client.ts';
import { freePort, startServer, type TestServer } from '../tests/support/server.ts';
import { type Visitor, visitor } from '../tests/support/visitor.ts';
import { rateOf } from './rate.ts';
import { middle, type Round, type Row, row } from './row.ts';

/** Many short rounds, each with both halves: the machine may be shared, and its speed changes by the second. */
const ROUNDS = 9;
const CONNECTIONS = 8;
/** Requests of one half of a round. */
const AMOUNT = 100 * CONNECTIONS;
const EMAIL = 'bench@example.com';
const PASSWORD = 'correct horse battery staple';

/** A sign-in's tokens. */
interface Seed {
  refreshToken: string;
  accessToken: string;
}

/** A server to be measured, with what proves its two apps: one with users, one that acts for itself. */
interface Measured {
  origin: string;
  web: string;
  m2m: string;
  /** Makes sign-ins. */
  seed(count: number): Promise<Seed[]>;
  stop(): Promise<unknown>;
}

const basic = (clientID: string, clientSecret: string): string =>
  `Basic ${Buffer.from(`${clientID}:${clientSecret}`).toString('base64')}`;

async function startOurs(): Promise<Measured> {
  const server: TestServer = await startServer();
  await server.json(['users', 'create', '--email', EMAIL, '--password-stdin'], PASSWORD);
  const robot = ['clients', 'create', '--name', 'Robot', '--type', 'm2m'];
  const m2m = await server.json<{ clientID: string; clientSecret: string }>(robot);
  const app: CodeClient = await codeClient(server);
  const browser: Visitor = await visitor();
  await app.signIn(browser, EMAIL, PASSWORD);

  async function signIn(): Promise<Seed> {
    const code = app.codeFrom(await browser.open(app.address()));
    const { refresh_token: refreshToken, access_token: accessToken } = (await app.redeem(code)).json();
    return { refreshToken, accessToken };
  }
  return {
    origin: server.origin,
    web: basic(app.clientID, app.clientSecret),
    m2m: basic(m2m.clientID, m2m.clientSecret),
    async seed(count) {
      const seeds: Seed[] = [];
      while (seeds.length < count) seeds.push(await signIn());
      return seeds;
    },
    async stop() {
      await browser.leave();
      await server.remove();
    },
  };
}

async function startBare(): Promise<Measured> {
  const port = await freePort();
  const script = join(import.meta.dirname, 'bare-oidc-provider.ts');
  const child = spawn(process.execPath, [script, String(port)], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  const secret = 'a-secret-of-the-bench-and-nothing-else';
  const origin = `http://localhost:${port}`;
  return {
    origin,
    web: basic('web', secret),
    m2m: basic('m2m', secret),
    seed: async (count) => (await (await fetch(`${origin}/seed?count=${count}`)).json()) as Seed[],
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** The endpoints of ours have other names than the library's. */
const PATHS = {
  ours: { token: '/oauth2/token', introspect: '/oauth2/introspect', userinfo: '/oauth2/userinfo' },
  bare: { token: '/token', introspect: '/token/introspection', userinfo: '/me' },
};
type Paths = (typeof PATHS)['ours'];

const form = (path: string, authorization: string, parameters: Record<string, string>) => ({
  method: 'POST' as const,
  path,
  headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(parameters).toString(),
});

/** Each use gives the token of the next one: as many chains as connections. */
function refreshing(path: string, authorization: string, seeds: readonly Seed[]): autocannon.Request {
  const tokens = seeds.map(({ refreshToken }) => refreshToken);
  return {
    setupRequest: (request) => {
      const refreshToken = tokens.shift() ?? '';
      const parameters = { grant_type: 'refresh_token', refresh_token: refreshToken };
      return { ...request, ...form(path, authorization, parameters) };
    },
    onResponse: (_status, body) => void tokens.push(JSON.parse(body).refresh_token),
  };
}

/** What is measured, by its name. */
const KINDS: Record<
  string,
  (measured: Measured, paths: Paths, seeds: readonly Seed[]) => autocannon.Request
> = {
  'client credentials': ({ m2m }, { token }) => form(token, m2m, { grant_type: 'client_credentials' }),
  refresh: ({ web }, { token }, seeds) => refreshing(token, web, seeds),
  introspection: ({ m2m }, { introspect }, [seed]) =>
    form(introspect, m2m, { token: seed?.accessToken ?? '' }),
  userinfo: (_, { userinfo }, [seed]) => ({
    path: userinfo,
    headers: { authorization: `Bearer ${seed?.accessToken}` },
  }),
};

async function rate(kind: string, measured: Measured, paths: Paths): Promise<number> {
  const seeds = await measured.seed(CONNECTIONS);
  const request = KINDS[kind]?.(measured, paths, seeds) ?? {};
  return rateOf({
    origin: measured.origin,
    amount: AMOUNT,
    connections: CONNECTIONS,
    request,
    expect: '2xx',
  });
}

/** What the token endpoint and its neighbors answer per second, beside the bare library with its in-memory adapter. */
export async function run(): Promise<Row[]> {
  const [ours, bare] = await Promise.all([startOurs(), startBare()]);
  try {
    const rows: Row[] = [];
    for (const kind of Object.keys(KINDS)) {
      const rounds: Round[] = [];
      // The first one warms both up.
      for (let round = 0; round <= ROUNDS; round++) {
        const reference = await rate(kind, bare, PATHS.bare);
        rounds.push({ reference, ours: await rate(kind, ours, PATHS.ours) });
      }
      const { ours: mine, reference } = middle(rounds.slice(1));
      rows.push(row(`${kind}, beside bare oidc-provider in memory`, mine, reference, '1/s', 0.5));
    }
    return rows;
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
  }
}
