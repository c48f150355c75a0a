import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { migrations } from '../server/src/migrations.ts';
import { migrate, openDatabase } from '../server/src/platform/database/index.ts';
import { startTestPostgres } from '../tests/support/postgres.ts';

/**
 * Writes anew what is generated and committed: the database's types, the Admin API's schema and the
 * portal's types of it. With `--check` nothing is written: differing files fail.
 */
const check = process.argv.includes('--check');
const stale: string[] = [];

function run(command: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}${stdout}`);
  return stdout;
}

function settle(file: string, fresh: string): void {
  if (readFileSync(file, 'utf8') === fresh) return;
  if (check) stale.push(file);
  else writeFileSync(file, fresh);
}

const postgres = await startTestPostgres();
try {
  const database = openDatabase({ url: postgres.url });
  await migrate(database, migrations);
  await database.close();
  const types = run('kysely-codegen', [
    '--dialect=postgres',
    `--url=${postgres.url}`,
    '--default-schema=public',
    '--exclude-pattern=instance.migrations*',
    '--print',
    '--log-level=silent',
  ]);
  settle('server/src/platform/database/types.ts', types);
} finally {
  await postgres.stop();
}

// Of the source, not of a build that may be older.
settle('schema.graphql', run('node', ['server/src/latchkey.ts', 'schema']));

const portalTypes = 'portal/src/api/graphql-env.d.ts';
const before = readFileSync(portalTypes, 'utf8');
run('gql.tada', ['generate-output', '--tsconfig', 'portal/tsconfig.json']);
const after = readFileSync(portalTypes, 'utf8');
if (check && before !== after) {
  writeFileSync(portalTypes, before);
  stale.push(portalTypes);
}

if (stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run: npm run generate`);
  process.exit(1);
}
