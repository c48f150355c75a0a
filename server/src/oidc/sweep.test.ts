import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserOf, type OidcServer, oidcServer, testApp } from '../../../tests/support/oidc.ts';
import { portalSessionStore, sessionStore } from '../sessions/index.ts';
import { sweepOidc } from './index.ts';

let server: OidcServer;
beforeAll(async () => {
  server = await oidcServer();
});
afterAll(() => server.stop());

const DAY = 24 * 60 * 60_000;
const TABLES = ['oidc_artifacts', 'grants', 'portal_sessions', 'sessions'] as const;

async function counts(): Promise<number[]> {
  return Promise.all(
    TABLES.map(async (table) => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
        server.db().kysely,
      );
      return rows[0]?.n ?? -1;
    }),
  );
}

it('removes what has run out in every project, and nothing else', async () => {
  for (const id of ['home', 'shop']) {
    const app = await testApp(server, {}, id);
    const user = await server.createUser('alice@example.com', id);
    await app.signIn(user, {}, browserOf(server, (await server.project(id)).origin));
    const now = server.clock.now();
    const [session] = await sessionStore(server.db(id)).list(user.id, now);
    await portalSessionStore(server.db(id)).insert(
      Buffer.from(id),
      {
        sessionUID: session?.uid ?? '',
        userID: user.id,
        sessionEpoch: 0,
        passwordProvedAt: now,
        expiresAt: new Date(now.getTime() + DAY),
      },
      now,
    );
  }
  const before = await counts();
  await sweepOidc(server);
  expect(await counts()).toEqual(before);

  server.clock.advance(2 * DAY);
  await sweepOidc(server);
  // Two refresh tokens, two grants, two sessions are left.
  expect(await counts()).toEqual([2, 2, 0, 2]);
  server.clock.advance(366 * DAY);
  await sweepOidc(server);
  expect(await counts()).toEqual([0, 0, 0, 0]);
});
