import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely';
import { describe, expect, it } from 'vitest';
import { guardProjects } from './project-guard.ts';
import type { DB } from './types.ts';

const db = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => guardProjects(new PostgresQueryCompiler()),
  },
});

describe('a query on a table of a project', () => {
  const refused = {
    select: () => db.selectFrom('users').selectAll().where('id', '=', 'x').compile(),
    'select under another name': () => db.selectFrom('users as u').select('u.id').compile(),
    update: () => db.updateTable('users').set({ locale: 'en' }).where('id', '=', 'x').compile(),
    delete: () => db.deleteFrom('users').where('id', '=', 'x').compile(),
    'insert without the column': () =>
      db
        .insertInto('mailbox')
        // @ts-expect-error the type refuses it as well
        .values({ id: 'x' })
        .compile(),
    'join without it': () =>
      db
        .selectFrom('users')
        .innerJoin('identities', 'identities.user_id', 'users.id')
        .select('users.id')
        .where('users.project_id', '=', 'home')
        .compile(),
    subquery: () =>
      db
        .selectFrom('users')
        .select('id')
        .where('project_id', '=', 'home')
        .where('id', 'in', (eb) => eb.selectFrom('identities').select('user_id'))
        .compile(),
    'common table expression': () =>
      db
        .with('found', (q) => q.selectFrom('users').select('id'))
        .selectFrom('found')
        .selectAll()
        .compile(),
  };
  for (const [what, run] of Object.entries(refused)) {
    it(`is refused without project_id: ${what}`, () => {
      expect(run).toThrow(/does not name project_id/);
      expect(run, 'the second time too').toThrow(/does not name project_id/);
    });
  }

  it('passes with project_id, in each part', () => {
    const query = db
      .with('found', (q) => q.selectFrom('users').select('id').where('project_id', '=', 'home'))
      .selectFrom('found')
      .innerJoin('identities as i', (join) =>
        join.onRef('i.user_id', '=', 'found.id').on('i.project_id', '=', 'home'),
      )
      .select('i.original');
    expect(query.compile().sql).toContain('"i"."project_id"');
    expect(
      db
        .selectFrom('users')
        .select('id')
        .where(sql<boolean>`(project_id, id) = (${'home'}, ${'x'})`)
        .compile().sql,
    ).toContain('project_id');
  });

  it('leaves the tables of the instance alone', () => {
    expect(db.selectFrom('instance.projects').selectAll().compile().sql).toContain('"instance"."projects"');
  });
});
