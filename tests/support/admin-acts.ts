import { randomToken, sha256 } from '../../server/src/platform/ids.ts';
import { sessionStore } from '../../server/src/sessions/index.ts';
import { userStore } from '../../server/src/users/index.ts';
import { type AdminApiBench, type Answer, userGlobalID } from './admin-api.ts';
import { mutation } from './admin-client.ts';

/** What the tests of mutations do with the bench. */
export interface AdminActs {
  /** Runs a mutation of the home project with a key's token, and sees it succeed. */
  does(name: string, input: Record<string, unknown>, fields?: string): Promise<Answer['data']>;
  /** Runs one and sees it refused, with nothing changed; answers with the error. */
  refused(
    name: string,
    input: Record<string, unknown>,
    fields?: string,
  ): Promise<NonNullable<Answer['errors']>[number]>;
  /** The audit entries about a user, the oldest first, without what tells of the session of the test. */
  trail(userID: string): Promise<{ activityType: string; data: Record<string, unknown> }[]>;
  /** Signs a user of home in, in a browser of their own; answers with the session's name. */
  signIn(userID: string, payload?: Record<string, unknown>): Promise<string>;
  /** The names of a user's living sessions. */
  sessionsOf(userID: string): Promise<string[]>;
}

/** Makes them over a bench. */
export function adminActs(bench: AdminApiBench): AdminActs {
  const db = bench.db('home');
  const run = (name: string, input: Record<string, unknown>, fields: string) =>
    bench.ask('home', mutation(name, fields), { input });

  return {
    async does(name, input, fields = 'user { id }') {
      const answer = await run(name, input, fields);
      if (answer.errors) throw new Error(`${name} is refused: ${JSON.stringify(answer.errors)}`);
      return answer.data[name];
    },
    async refused(name, input, fields = '__typename') {
      const before = await bench.everything();
      const answer = await run(name, input, fields);
      const [error] = answer.errors ?? [];
      if (error === undefined) throw new Error(`${name} is not refused`);
      if ((await bench.everything()) !== before)
        throw new Error(`${name} is refused and has changed something`);
      return error;
    },
    async trail(userID) {
      const query = `query ($ids: [ID!]) {
        auditLogs(userIDs: $ids, sortDirection: ASC, first: 100) { edges { node { activityType data } } }
      }`;
      const { data } = await bench.ask('home', query, { ids: [userGlobalID(userID)] });
      return data.auditLogs.edges.map(({ node }: { node: unknown }) => node);
    },
    async signIn(userID, payload = {}) {
      const user = await userStore(db).find(userID);
      const uid = randomToken(16);
      const session = {
        uid,
        idHash: sha256(randomToken()),
        user: { userID, sessionEpoch: user?.sessionEpoch ?? 0 },
        payload,
        expiresAt: new Date(bench.clock.now().getTime() + 3_600_000),
      };
      if (!(await sessionStore(db).save(session, bench.clock.now()))) throw new Error('not signed in');
      return uid;
    },
    sessionsOf: async (userID) =>
      (await sessionStore(db).list(userID, bench.clock.now())).map(({ uid }) => uid),
  };
}
