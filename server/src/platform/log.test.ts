import { expect, it } from 'vitest';
import { insertProject, insertUserRow, testDatabase } from '../../../tests/support/database.ts';
import { manualClock } from './clock.ts';
import { newID } from './ids.ts';
import { createLog } from './log.ts';

function loggedBy(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(createLog({ level: 'info' }, { write: (line: string) => void lines.push(line) }));
  return JSON.parse(lines.join('')) as Record<string, unknown>;
}

it('hides fields that are named like a secret', () => {
  const line = loggedBy((log) =>
    log.info({ password: 'plover', asked: { token: 'hinge' }, who: 'ada' }, 'words'),
  );
  expect(JSON.stringify(line)).not.toMatch(/plover|hinge/);
  expect(line).toMatchObject({ who: 'ada', msg: 'words' });
});

it('tells of a statement that failed what failed and where, but not the row, which may hold a hash', async () => {
  const { database, stop } = await testDatabase();
  try {
    await insertProject(database, 'home');
    const userID = await insertUserRow(database, 'home');
    const at = new Date('2026-01-01T00:00:00Z');
    const times = { created_at: at, updated_at: at };
    const owner = { project_id: 'home', id: newID(manualClock()), user_id: userID };
    const kind = { kind: 'none that there is', type: 'password', password_hash: 'plover' };
    const failed = await database.kysely
      .insertInto('authenticators')
      .values({ ...owner, ...kind, ...times })
      .execute()
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ detail: expect.stringContaining('plover') });

    const around = [new AggregateError([failed], 'all failed'), new Error('it failed', { cause: failed })];
    for (const err of [failed, ...around]) {
      const line = JSON.stringify(loggedBy((log) => log.error({ err }, 'unexpected error')));
      expect(line).not.toContain('plover');
      expect(line).toContain('violates check constraint');
    }
    expect(loggedBy((log) => log.error({ err: failed }, 'unexpected error')).err).toMatchObject({
      type: 'DatabaseError',
      stack: expect.stringContaining('log.test.ts'),
      errorCode: '23514',
      table: 'authenticators',
      constraint: 'authenticators_kind_check',
    });
  } finally {
    await stop();
  }
});
