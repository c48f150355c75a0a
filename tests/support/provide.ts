import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's programs that some tests drive, each with the file that shows it is there. */
const PROGRAMS = [
  { name: 'chromium', file: '/usr/bin/chromium', package: 'chromium' },
  { name: 'PgBouncer', file: '/usr/sbin/pgbouncer', package: 'pgbouncer' },
  { name: 'a second PostgreSQL', file: '/usr/lib/postgresql', package: 'postgresql' },
] as const;

const present = (file: string): boolean => existsSync(file);

/**
 * Installs what is missing with apt where we are root; where we are not, says what is missing and which
 * tests will be counted as skipped.
 */
export function provide(): void {
  const missing = PROGRAMS.filter((program) => !present(program.file));
  if (missing.length === 0) return;
  const names = missing.map((program) => program.name).join(', ');
  if (process.getuid?.() !== 0 || !present('/usr/bin/apt-get')) {
    console.log(`Missing: ${names}. The tests that drive them are skipped (install them, or run as root).`);
    return;
  }
  console.log(`Installing ${names} with apt …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'] };
  spawnSync('apt-get', ['update', '-qq'], options);
  const packages = missing.map((program) => program.package);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  const still = missing.filter((program) => !present(program.file)).map((program) => program.name);
  if (still.length > 0) console.log(`Could not install ${still.join(', ')}: their tests are skipped.`);
}
