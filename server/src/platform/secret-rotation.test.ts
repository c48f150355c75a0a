import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import {
  adoptSecrets,
  checkSecrets,
  type Reseal,
  type Sealed,
  type SealedStore,
  sealAnew,
  WrongSecretError,
} from './secret-rotation.ts';
import { createSecrets } from './secrets.ts';

const OLD = 'an-old-secret-of-at-least-32-bytes!!';
const NEW = 'a-new-secret-of-at-least-32-bytes!!!';
const old = createSecrets(OLD);
const both = createSecrets(`${NEW},${OLD}`);
const fresh = createSecrets(NEW);

describe('sealing anew', () => {
  const kind = { name: 'the thing', purpose: (projectID: string, id: string) => `thing:${projectID}:${id}` };
  const thing = (sealed: string, id = '1'): Sealed => ({ projectID: 'acme', id, sealed });

  const storeOf = (things: Sealed[]): SealedStore & { written: Sealed[] } => {
    const written: Sealed[] = [];
    return {
      written,
      notUnder: async (mark) => things.filter(({ sealed }) => !sealed.startsWith(mark)),
      put: async (sealed) => void written.push(sealed),
    };
  };

  it('brings what is under a former secret under the first, and leaves the rest alone', async () => {
    const store = storeOf([
      thing(old.seal('thing:acme:1', 'päss 🔑'), '1'),
      thing(both.seal('thing:acme:2', 'x'), '2'),
    ]);
    expect(await sealAnew(both, store, kind)).toBe(1);
    expect(store.written.map(({ projectID, id }) => [projectID, id])).toEqual([['acme', '1']]);
    expect(fresh.open('thing:acme:1', store.written[0]?.sealed ?? '').toString()).toBe('päss 🔑');
  });

  it.each([
    ['under a secret that is not listed', old.seal('thing:acme:1', 'x'), fresh],
    ['for another purpose', old.seal('thing:other:1', 'x'), both],
    ['in no way at all', 'x', both],
  ])('refuses what is sealed %s, and says what it is', async (_how, sealed, secrets) => {
    const store = storeOf([thing(sealed)]);
    const refused = await sealAnew(secrets, store, kind).catch((error: Error) => error);
    expect(refused).toBeInstanceOf(WrongSecretError);
    const { message } = refused as Error;
    expect(message).toMatch(
      /^LATCHKEY_SECRET does not open the thing 1 of the project acme, .*: put that one/,
    );
    for (const secret of [OLD, NEW]) expect(message).not.toContain(secret);
    expect(store.written).toEqual([]);
  });
});

describe('the secrets of a start', () => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await testDatabase();
  });
  afterEach(() => test.stop());

  const adopt = (secrets = old, ...reseals: Reseal[]) => adoptSecrets(test.database.kysely, secrets, reseals);
  const look = (secrets = old, ...reseals: Reseal[]) => checkSecrets(test.database.kysely, secrets, reseals);
  const remembered = async () => {
    const row = await test.database.kysely
      .selectFrom('instance.secret_fingerprint')
      .select('fingerprint')
      .executeTakeFirst();
    return row?.fingerprint;
  };

  /** Keeps in the home project's row what is under the first secret by now; locks nothing by itself. */
  const counting: Reseal = async (tx, { mark }) => {
    const home = tx.selectFrom('instance.projects').where('id', '=', 'home');
    const { name } = await home.select('name').executeTakeFirstOrThrow();
    if (name === mark) return 0;
    await tx.updateTable('instance.projects').set({ name: mark }).where('id', '=', 'home').execute();
    return 1;
  };
  const at = new Date('2026-01-01T00:00:00Z');
  const insertHome = () =>
    test.database.kysely
      .insertInto('instance.projects')
      .values({ id: 'home', name: '', origin: null, created_at: at, updated_at: at })
      .execute();

  it('are remembered by the first one, and only that one or a list with it is taken', async () => {
    await adopt(old);
    expect(await remembered()).toBe(old.fingerprints()[0]);
    await adopt(old);
    await expect(adopt(fresh)).rejects.toThrow(/^LATCHKEY_SECRET is not the secret/);
    expect(await remembered()).toBe(old.fingerprints()[0]);

    await adopt(createSecrets(`${OLD},${NEW}`));
    expect(await remembered()).toBe(old.fingerprints()[0]);
    await adopt(both);
    expect(await remembered()).toBe(fresh.fingerprints()[0]);
    await adopt(fresh);
    await expect(adopt(old)).rejects.toThrow(WrongSecretError);
  });

  it('are not taken over where something fails half way', async () => {
    await insertHome();
    await adopt(old, counting);
    const failing: Reseal = async () => {
      throw new Error('the power went');
    };
    await expect(adopt(both, counting, failing)).rejects.toThrow('the power went');
    expect(await remembered()).toBe(old.fingerprints()[0]);
    expect(await adopt(old, counting)).toBe(0);
    expect(await adopt(both, counting)).toBe(1);
  });

  it('are taken over once by two starts at the same moment', async () => {
    await insertHome();
    await adopt(old, counting);
    const waiting = sql<{ count: number }>`
      select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    let other: Promise<number> | undefined;
    const slow: Reseal = async () => {
      other = adopt(both, counting);
      await expect
        .poll(async () => (await waiting.execute(test.database.kysely)).rows)
        .toEqual([{ count: 1 }]);
      return 0;
    };
    expect(await adopt(both, slow, counting)).toBe(1);
    expect(await other).toBe(0);
  });

  it('take up what a process with the list the other way round has sealed since', async () => {
    await insertHome();
    await adopt(both, counting);
    await test.database.kysely
      .updateTable('instance.projects')
      .set({ name: old.mark })
      .where('id', '=', 'home')
      .execute();
    expect(await adopt(both, counting)).toBe(1);
  });

  it('are looked at without a trace', async () => {
    await insertHome();
    expect(await look(old, counting)).toBe(1);
    expect(await remembered()).toBeUndefined();
    await adopt(old, counting);
    expect(await look(both, counting)).toBe(1);
    expect(await look(both, counting)).toBe(1);
    await expect(look(fresh, counting)).rejects.toThrow(WrongSecretError);
    expect(await remembered()).toBe(old.fingerprints()[0]);
    expect(await look(old, counting)).toBe(0);
  });
});
