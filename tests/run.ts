import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provide } from './support/provide.ts';

/**
 * `npm test`: brings what the tests need onto the machine, builds, checks, tests, and closes with one
 * line that counts. Arguments go to vitest, so that `npm test -- passwords` runs a part, without the checks.
 */
const only = process.argv.slice(2);

function run(what: string, command: string, args: string[]): void {
  console.log(`\n── ${what}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`\n${what} failed.`);
    process.exit(status ?? 1);
  }
}

provide();
run('build', 'npm', ['run', '--silent', 'build']);
if (only.length === 0) run('types, lint, imports, unused code', 'npm', ['run', '--silent', 'check']);

console.log('\n── tests');
const folder = mkdtempSync(join(tmpdir(), 'latchkey-tests-'));
const report = join(folder, 'report.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const { status } = spawnSync('vitest', ['run', ...reporters, ...only], { stdio: 'inherit' });
try {
  const counts = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = counts;
  console.log(`\ntests: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status ?? 1);
