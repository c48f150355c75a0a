import { type Command, Option } from 'commander';
import { noPassword } from './errors.ts';
import type { CommandIO } from './io.ts';
import { readLine } from './read-line.ts';
import { usageError } from './usage.ts';

/** Where a password comes from, as the options say. */
export interface PasswordOptions {
  password?: string;
  passwordStdin?: boolean;
  generate?: boolean;
}

/** Adds the ways to give a password, of which one counts; `--generate` only where there is such a thing. */
export function addPasswordOptions(command: Command, { generate }: { generate: boolean }): Command {
  command
    .addOption(
      new Option(
        '--password <password>',
        'the password; others on this machine can see it in the list of processes',
      ),
    )
    .addOption(
      new Option(
        '--password-stdin',
        'read the password from standard input, or ask for it at a terminal',
      ).conflicts('password'),
    );
  return generate
    ? command.addOption(
        new Option('--generate', 'make a password that satisfies the policy, and print it').conflicts([
          'password',
          'passwordStdin',
        ]),
      )
    : command;
}

/**
 * The password that was typed, piped or given as an argument; undefined where none was.
 * An empty one is a script's unset variable, and refused as wrong usage.
 */
export async function readPassword(
  io: CommandIO,
  command: Command,
  { password, passwordStdin }: PasswordOptions,
): Promise<string | undefined> {
  if (password === undefined && !passwordStdin) return undefined;
  const given = password ?? (io.stdin.isTTY ? await askPassword(io) : await readLine(io));
  if (given === '')
    usageError(command, passwordStdin ? 'standard input holds no password' : 'the password is empty');
  return given;
}

/** Asks at the terminal without showing what is typed. */
export async function askPassword(io: CommandIO): Promise<string> {
  const { createInterface } = await import('node:readline');
  const { Writable } = await import('node:stream');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: io.stdin, output: nowhere, terminal: true });
  io.stderr.write('Password: ');
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('close', () => reject(noPassword()));
    });
  } finally {
    lines.close();
    io.stderr.write('\n');
  }
}
