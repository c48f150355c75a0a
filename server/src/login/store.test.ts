import { beforeAll, describe, expect, it } from 'vitest';
import {
  insertProject,
  insertUserRow,
  type TestDatabase,
  testDatabase,
} from '../../../tests/support/database.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { sha256 } from '../platform/ids.ts';
import type { Proof } from './model.ts';
import { flowStore } from './store.ts';

const NOW = new Date('2026-01-15T12:00:00Z');
const LATER = new Date('2026-01-15T12:30:00Z');

let test: TestDatabase;
let here: ProjectDb;
let there: ProjectDb;
let proof: Proof;

beforeAll(async () => {
  test = await testDatabase();
  for (const project of ['here', 'there']) await insertProject(test.database, project);
  here = test.database.forProject('here');
  there = test.database.forProject('there');
  const userID = await insertUserRow(test.database, 'here');
  proof = {
    userID,
    sessionEpoch: 1,
    passwordVersion: 2,
    mustChange: false,
    provedAt: NOW,
    expiresAt: LATER,
  };
  return () => test.stop();
});

describe('what an interaction has proved', () => {
  it('is seen, replaced, taken and removed in its own project only', async () => {
    const hash = sha256('isolated');
    await flowStore(here).put(hash, proof);
    expect(await flowStore(there).find(hash)).toBeUndefined();
    expect(await flowStore(there).take(hash, proof)).toBe(false);
    await flowStore(there).replace(hash, proof, { ...proof, passwordVersion: 9 });
    await flowStore(there).remove(hash);
    await flowStore(there).removeExpired(new Date(LATER.getTime() + 1));
    expect(await flowStore(here).find(hash)).toEqual(proof);
  });

  it('is what was proved last', async () => {
    const hash = sha256('twice');
    const second = { ...proof, passwordVersion: 3, mustChange: true };
    await flowStore(here).put(hash, proof);
    await flowStore(here).put(hash, second);
    expect(await flowStore(here).find(hash)).toEqual(second);
    for (const other of [proof, { ...second, mustChange: false }, { ...second, sessionEpoch: 0 }]) {
      expect(await flowStore(here).take(hash, other)).toBe(false);
    }
    await flowStore(here).replace(hash, proof, proof);
    expect(await flowStore(here).find(hash)).toEqual(second);
    await flowStore(here).replace(hash, second, proof);
    expect(await flowStore(here).find(hash)).toEqual(proof);
  });

  it('is taken once, of many at once', async () => {
    const hash = sha256('taken');
    await flowStore(here).put(hash, proof);
    const taken = await Promise.all(Array.from({ length: 10 }, () => flowStore(here).take(hash, proof)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await flowStore(here).find(hash)).toBeUndefined();
  });

  it('is swept once it ran out', async () => {
    const [old, living] = [sha256('old'), sha256('living')];
    const later = new Date(LATER.getTime() + 1);
    await flowStore(here).put(old, proof);
    await flowStore(here).put(living, { ...proof, expiresAt: later });
    await flowStore(here).removeExpired(LATER);
    expect(await flowStore(here).find(old)).toBeUndefined();
    expect(await flowStore(here).find(living)).toBeDefined();
  });
});
