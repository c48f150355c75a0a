import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertProject, type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { manualClock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { newID } from '../platform/ids.ts';
import {
  type Acting,
  type AuditActivityType,
  auditStore,
  countAudit,
  ensureAuditPartitions,
  listAudit,
  recordAudit,
} from './index.ts';

const acting: Acting = {
  actor: { type: 'command_line' },
  origin: { ipAddress: '192.0.2.7', userAgent: 'a test' },
};
const clock = manualClock(new Date('2026-01-15T12:00:00Z'));
let test: TestDatabase;
let home: ProjectDb;

beforeAll(async () => {
  test = await testDatabase();
  await insertProject(test.database, 'home');
  await insertProject(test.database, 'other');
  home = test.database.forProject('home');
});
afterAll(() => test.stop());

const record = (db: ProjectDb, activityType: AuditActivityType, data = {}, userID?: string) =>
  recordAudit(db, clock, { activityType, acting, data, userID });

describe('a list of the audit log', () => {
  const users = [newID(clock), newID(clock)] as const;
  beforeAll(async () => {
    for (let day = 0; day < 10; day++) {
      await record(home, 'PASSWORD_RESET', { day }, users[day % 2]);
      clock.advance(24 * 60 * 60 * 1_000);
    }
    await record(home, 'EMAIL_SENT', { recipient: 'alice@example.com' });
  });

  const daysOf = async (filter: object, page: object) =>
    (await listAudit(home, filter, { limit: 3, ...page })).items.map(({ data }) => data.day);

  it('goes from the newest back, or the other way, in pages that meet', async () => {
    const filter = { activityTypes: ['PASSWORD_RESET'] };
    const [first] = [await listAudit(home, filter as never, { limit: 3 })];
    expect(first.items.map(({ data }) => data.day)).toEqual([9, 8, 7]);
    expect([first.hasPreviousPage, first.hasNextPage]).toEqual([false, true]);
    const after = first.items.at(-1)?.id;
    expect(await daysOf(filter, { after })).toEqual([6, 5, 4]);
    expect(await daysOf(filter, { before: after, backward: true })).toEqual([9, 8]);
    expect(await daysOf(filter, { sortDirection: 'ASC' })).toEqual([0, 1, 2]);
  });

  it('narrows by type, user, time and address, and counts the same', async () => {
    expect(await countAudit(home, { userIDs: [users[0]] })).toBe(5);
    const range = { rangeFrom: new Date('2026-01-16T00:00:00Z'), rangeTo: new Date('2026-01-18T00:00:00Z') };
    expect(await daysOf(range, {})).toEqual([2, 1]);
    expect(await countAudit(home, { emailAddresses: ['alice@example.com'] })).toBe(1);
    expect(await countAudit(home, { emailAddresses: ['bob@example.com'], addressOwners: [users[1]] })).toBe(
      5,
    );
    expect(await countAudit(home, { activityTypes: [] })).toBe(0);
  });

  it('refuses a cursor that is none', async () => {
    await expect(listAudit(home, {}, { limit: 1, after: "'; drop table users" })).rejects.toMatchObject({
      reason: 'InvalidCursor',
    });
  });
});

it('never fails a record for want of a character', async () => {
  const data = { words: 'a\0b', half: '\ud800' };
  await recordAudit(home, clock, {
    activityType: 'EMAIL_ERROR',
    acting: { ...acting, origin: { userAgent: 'x\0y' } },
    data,
  });
  const { items } = await listAudit(home, { activityTypes: ['EMAIL_ERROR'] }, { limit: 1 });
  expect(items[0]).toMatchObject({ userAgent: 'x\uFFFDy', data: { words: 'a\uFFFDb' } });
});

it('keeps the beginning of what a browser calls itself: anybody can send pages of it', async () => {
  const origin = { userAgent: 'x'.repeat(10_000) };
  await recordAudit(home, clock, { activityType: 'EMAIL_ERROR', acting: { ...acting, origin } });
  const { items } = await listAudit(home, { activityTypes: ['EMAIL_ERROR'] }, { limit: 1 });
  expect(items[0]?.userAgent).toBe('x'.repeat(500));
});

it('sees nothing of another project', async () => {
  const other = test.database.forProject('other');
  await record(other, 'PROJECT_CREATED', { secret: 'of another' });
  const { items } = await listAudit(other, {}, { limit: 10 });
  expect(items).toHaveLength(1);
  const [entry] = items;
  expect(await auditStore(home).find(entry?.id ?? '')).toBeUndefined();
  expect(await countAudit(home, { activityTypes: ['PROJECT_CREATED'] })).toBe(0);
});

describe('the partitions', () => {
  const partitionOf = async (id: string): Promise<string | undefined> => {
    const { rows } = await sql<{ name: string }>`
      select tableoid::regclass::text as name from audit_log where project_id = 'home' and id = ${id}`.execute(
      test.database.acrossProjects,
    );
    return rows[0]?.name;
  };

  it('take over what came before they were made, and lose nothing', async () => {
    const later = manualClock(new Date('2026-03-31T23:59:59Z'));
    await recordAudit(home, later, { activityType: 'PASSWORD_RESET', acting, data: { late: true } });
    const { items } = await listAudit(home, {}, { limit: 1 });
    const id = items[0]?.id ?? '';
    expect(await partitionOf(id)).toBe('audit_log_default');
    const before = await countAudit(home, {});
    await Promise.all([
      ensureAuditPartitions(test.database, later),
      ensureAuditPartitions(test.database, later),
    ]);
    expect(await partitionOf(id)).toBe('audit_log_2026_03');
    expect(await countAudit(home, {})).toBe(before);
  });

  it('of the next month is there before the month begins', async () => {
    const later = manualClock(new Date('2026-03-31T23:59:59Z'));
    await ensureAuditPartitions(test.database, later);
    later.advance(2_000);
    await recordAudit(home, later, { activityType: 'PASSWORD_RESET', acting });
    const { items } = await listAudit(home, {}, { limit: 1 });
    expect(await partitionOf(items[0]?.id ?? '')).toBe('audit_log_2026_04');
  });
});
