import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const MOST_LINES = 500;

/** Files that may be longer, each with its reason. */
const exceptions: Record<string, string> = {
  'server/src/platform/database/types.ts': 'generated from the database',
  'portal/src/api/graphql-env.d.ts': 'generated from the schema',
};

const { stdout } = spawnSync('git', ['ls-files', '*.ts', '*.tsx', '*.css'], { encoding: 'utf8' });
const long = stdout
  .split('\n')
  .filter((file) => file !== '' && !(file in exceptions))
  .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length }))
  .filter(({ lines }) => lines > MOST_LINES);

for (const { file, lines } of long) {
  console.error(`${file} has ${lines} lines; ${MOST_LINES} are the most. Split it by idea.`);
}
process.exit(long.length > 0 ? 1 : 0);
