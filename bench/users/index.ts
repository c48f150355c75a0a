import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { borrowEmbeddedPostgres } from '../../server/src/platform/embedded-postgres/index.ts';
import { ADMIN_API, type AdminClient, adminClient } from '../../tests/support/admin-client.ts';
import { startServer, type TestServer } from '../../tests/support/server.ts';
import { median, type Row, row } from '../row.ts';
import { fillUsers } from './fill.ts';

const USERS = 100_000;
const DEEP = 90_000;
const PAGE = 20;
const LARGEST_PAGE = 100;
/** Requests of each kind; the kinds and their references take turns. */
const SAMPLES = 200;
const WARM_UP = 50;

/** What the portal's list asks for. */
const QUERY = `
  query ($searchKeyword: String, $first: Int, $after: String) {
    users(searchKeyword: $searchKeyword, first: $first, after: $after, sortBy: CREATED_AT, sortDirection: DESC) {
      edges { node { id formattedName isDisabled isAnonymized deleteAt createdAt lastLoginAt loginIDs { id claims } } }
      pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
    }
  }`;

interface Answer {
  data: { users: { edges: unknown[]; pageInfo: { endCursor: string } } };
}

/** One kind of request, and the bare SQL that reads the same rows. */
interface Case {
  what: string;
  variables: Record<string, unknown>;
  sql: string;
  values: unknown[];
}

const COLUMNS = `id, standard_attributes, custom_attributes, is_disabled, is_anonymized, delete_at, created_at, last_login_at`;
const ORDER = `order by created_at desc, id desc limit ${PAGE + 1}`;
const IDENTITIES = `
  select id, user_id, type, original, normalized from identities
  where project_id = 'home' and user_id = any ($1::uuid[]) order by created_at, id`;

/** A client that keeps its connection, as a program would, with a token that is signed once. */
function createAsker(server: TestServer, token: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = {
    host: `localhost:${server.port}`,
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
  };
  const ask = (variables: Record<string, unknown>): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const asked = request(
        { agent, port: server.port, method: 'POST', path: ADMIN_API, headers },
        async (response) => resolve(JSON.parse(await text(response)) as Answer),
      );
      asked.on('error', reject);
      asked.end(JSON.stringify({ query: QUERY, variables }));
    });
  return { ask, close: () => agent.destroy() };
}

type Ask = ReturnType<typeof createAsker>['ask'];

/** Walks to a page as a client does, from cursor to cursor. */
async function cursorAt(ask: Ask, depth: number): Promise<string> {
  let after: string | undefined;
  for (let seen = 0; seen < depth; seen += LARGEST_PAGE) {
    after = (await ask({ first: LARGEST_PAGE, after })).data.users.pageInfo.endCursor;
  }
  return after ?? '';
}

async function casesOf(client: pg.Client, ask: Ask): Promise<Case[]> {
  const page = `select ${COLUMNS} from users where project_id = 'home'`;
  const { rows } = await client.query<{ id: string; created_at: Date }>(
    `select id, created_at from users where project_id = 'home' order by created_at desc, id desc offset ${DEEP - 1} limit 1`,
  );
  const search = (what: string, keyword: string): Case => ({
    what,
    variables: { first: PAGE, searchKeyword: keyword },
    sql: `${page} and search_text like $1 ${ORDER}`,
    values: [`%${keyword.toLowerCase()}%`],
  });
  return [
    { what: 'the first page', variables: { first: PAGE }, sql: `${page} ${ORDER}`, values: [] },
    {
      what: `a page ${DEEP} deep`,
      variables: { first: PAGE, after: await cursorAt(ask, DEEP) },
      sql: `${page} and (created_at, id) < ($1::timestamptz, $2::uuid) ${ORDER}`,
      values: [rows[0]?.created_at, rows[0]?.id],
    },
    search('a search by e-mail prefix', 'grace.hopper1'),
    search('a search by a fragment of a name', 'velace1a'),
  ];
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function measure(client: pg.Client, ask: Ask, each: Case): Promise<{ ours: number[]; bare: number[] }> {
  const bareSQL = async () => {
    const { rows } = await client.query<{ id: string }>(each.sql, each.values);
    await client.query(IDENTITIES, [rows.slice(0, PAGE).map(({ id }) => id)]);
  };
  const answer = await ask(each.variables);
  if (answer.data.users.edges.length !== PAGE) {
    throw new Error(`${each.what}: ${answer.data.users.edges.length} users instead of ${PAGE}`);
  }
  const taken: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let sample = -WARM_UP; sample < SAMPLES; sample++) {
    const bare = await timed(bareSQL);
    const ours = await timed(() => ask(each.variables));
    if (sample < 0) continue;
    taken.bare.push(bare);
    taken.ours.push(ours);
  }
  return taken;
}

async function measureAll(client: pg.Client, server: TestServer, key: AdminClient): Promise<Row[]> {
  const { ask, close } = createAsker(server, await key.token());
  try {
    const rows: Row[] = [];
    const medians: number[] = [];
    for (const each of await casesOf(client, ask)) {
      const { ours, bare } = await measure(client, ask, each);
      const reference = median(bare);
      medians.push(median(ours));
      rows.push(
        row(
          `p50 of ${each.what} at ${USERS} users, beside bare SQL`,
          median(ours),
          reference,
          'ms',
          2 * reference + 2,
        ),
      );
    }
    const [first = Number.NaN, deep = Number.NaN] = medians;
    rows.push(
      row(`p50 of a page ${DEEP} deep, beside the first page`, deep, first, 'ms', hundredths(1.3 * first)),
    );
    return rows;
  } finally {
    close();
  }
}

/** How long the lists of users take at 100,000 of them, beside what the same rows cost in SQL alone. */
export async function run(): Promise<Row[]> {
  const server = await startServer();
  try {
    const postgres = await borrowEmbeddedPostgres({ dataDir: server.dataDir });
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    try {
      await fillUsers(client, USERS);
      return await measureAll(client, server, await adminClient(server));
    } finally {
      await client.end();
      await postgres.stop();
    }
  } finally {
    await server.remove();
  }
}
