import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { alone } from './alone.ts';
import { openDatabase } from './open.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.stop());

it('lets one process at a time work on the schema, and the next one when it is done', async () => {
  const other = openDatabase({ url: test.url });
  const order: string[] = [];
  const waiting = () =>
    sql`select from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`.execute(other.kysely);
  let second: Promise<unknown> | undefined;
  await alone(test.database, async () => {
    order.push('first begins');
    second = alone(other, async () => void order.push('second'));
    await expect.poll(async () => (await waiting()).rows.length, { timeout: 30_000 }).toBe(1);
    order.push('first ends');
  });
  await second;
  await other.close();
  expect(order).toEqual(['first begins', 'first ends', 'second']);
});
