import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { openDatabase } from './open.ts';

it('outlives a connection that ends in the middle of a transaction', async () => {
  const test = await testDatabase();
  onTestFinished(test.stop);
  const ended = Promise.withResolvers<Error>();
  const database = openDatabase({ url: test.url, poolSize: 1, onIdleError: ended.resolve });
  onTestFinished(database.close);

  const work = database.forProject('home').transaction(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.kysely);
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(test.database.kysely);
    // No statement is under way that could be told.
    expect(await ended.promise).toMatchObject({ code: '57P01' });
    await sql`select 1`.execute(tx.kysely);
  });
  await expect(work).rejects.toThrow();
  expect((await sql`select 1 as one`.execute(database.kysely)).rows).toEqual([{ one: 1 }]);
});
