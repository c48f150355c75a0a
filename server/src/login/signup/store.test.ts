import { beforeAll, describe, expect, it } from 'vitest';
import { insertProject, type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import type { ProjectDb } from '../../platform/database/index.ts';
import { randomToken, sha256 } from '../../platform/ids.ts';
import { type StoredSignup, signupStore } from './store.ts';

const NOW = new Date('2026-01-15T12:00:00Z');
const LATER = new Date('2026-01-15T12:30:00Z');
const LATEST = new Date('2026-01-15T13:00:00Z');

let test: TestDatabase;
let here: ProjectDb;
let there: ProjectDb;

beforeAll(async () => {
  test = await testDatabase();
  for (const project of ['here', 'there']) await insertProject(test.database, project);
  here = test.database.forProject('here');
  there = test.database.forProject('there');
  return () => test.stop();
});

const begun = (): StoredSignup => ({
  attemptID: randomToken(),
  addressSealed: 'sealed',
  provedAt: null,
  expiresAt: LATER,
});

describe('a sign-up under way', () => {
  it('is seen, proved, taken and removed in its own project only', async () => {
    const [hash, signup] = [sha256('isolated'), begun()];
    await signupStore(here).put(hash, signup);
    expect(await signupStore(there).find(hash)).toBeUndefined();
    await signupStore(there).prove(hash, signup.attemptID, NOW, LATEST);
    await signupStore(there).remove(hash);
    await signupStore(there).removeExpired(LATEST);
    expect(await signupStore(here).find(hash)).toEqual(signup);
    await signupStore(here).prove(hash, signup.attemptID, NOW, LATER);
    expect(await signupStore(there).take(hash, signup.attemptID, NOW)).toBe(false);
    expect(await signupStore(here).find(hash)).toEqual({ ...signup, provedAt: NOW });
  });

  it('is the one begun last, and the code of the one before proves nothing', async () => {
    const [hash, first, second] = [sha256('twice'), begun(), begun()];
    await signupStore(here).put(hash, first);
    await signupStore(here).prove(hash, first.attemptID, NOW, LATER);
    await signupStore(here).put(hash, second);
    expect(await signupStore(here).find(hash)).toEqual(second);
    await signupStore(here).prove(hash, first.attemptID, NOW, LATEST);
    expect(await signupStore(here).take(hash, first.attemptID, NOW)).toBe(false);
    expect(await signupStore(here).find(hash)).toEqual(second);
  });

  it('is taken once it is proved, before it runs out, and of many at once by one', async () => {
    const [hash, signup] = [sha256('taken'), begun()];
    await signupStore(here).put(hash, signup);
    expect(await signupStore(here).take(hash, signup.attemptID, NOW)).toBe(false);
    await signupStore(here).prove(hash, signup.attemptID, NOW, LATER);
    expect(await signupStore(here).take(hash, signup.attemptID, LATER)).toBe(false);
    const taken = await Promise.all(
      Array.from({ length: 10 }, () => signupStore(here).take(hash, signup.attemptID, NOW)),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await signupStore(here).find(hash)).toBeUndefined();
  });

  it('is swept once it ran out', async () => {
    const [old, living] = [sha256('old'), sha256('living')];
    await signupStore(here).put(old, begun());
    await signupStore(here).put(living, { ...begun(), expiresAt: LATEST });
    await signupStore(here).removeExpired(LATER);
    expect(await signupStore(here).find(old)).toBeUndefined();
    expect(await signupStore(here).find(living)).toBeDefined();
  });
});
