import { spawn } from 'node:child_process';
import type { Account } from './account.ts';

/**
 * The environment of PostgreSQL's programs: nothing of ours, so that no PG* variable, locale or time zone of the
 * person who starts the server changes the database.
 */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, LC_ALL: 'C', TZ: 'UTC' };
}

/** The spawn options that make a program run under `account`. */
export function runAs(account: Account | undefined): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {};
}

/**
 * Runs a program to its end.
 *
 * @returns its exit code (-1 when it could not be run or was killed) and what it wrote to standard error.
 */
export function run(
  program: string,
  args: string[],
  account: Account | undefined,
  cwd: string,
): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: plainEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
      ...runAs(account),
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', (error) => resolve({ code: -1, stderr: error.message }));
    child.on('close', (code) => resolve({ code: code ?? -1, stderr: stderr.trim() }));
  });
}
