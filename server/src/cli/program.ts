import { Command } from 'commander';
import packageJSON from '../../../package.json' with { type: 'json' };
import { addAdminKeys } from './admin-keys.ts';
import { addClients } from './clients.ts';
import { addDoctor } from './doctor/index.ts';
import type { CommandIO } from './io.ts';
import { addOperators } from './operators.ts';
import { addProjects } from './projects.ts';
import { addSchema } from './schema.ts';
import { addSettings } from './settings.ts';
import { addStart } from './start.ts';
import { addUsers } from './users/index.ts';

const CLOSING_WORDS = `
Settings come from the environment, such as DATABASE_URL and LATCHKEY_DATA_DIR; "latchkey doctor" checks them.
With --json a command prints one JSON object on standard output, or nothing there and
{"error": {"kind", "reason", "message", "info"}} on standard error.
Exit status: 0 done, 1 refused, 2 wrong usage.`;

/**
 * The whole command line. Building it loads commander and these small files only; each command loads what it
 * needs when it runs.
 *
 * @param quiet leaves the help out where it would stand beside an error (`--json`)
 */
export function createProgram(io: CommandIO, quiet: boolean): Command {
  const program = new Command('latchkey')
    .description('A self-hosted identity server.')
    .version(packageJSON.version, '--version', 'print the version')
    .helpOption('--help', 'print how to use it')
    .helpCommand(false)
    .addHelpText('after', CLOSING_WORDS)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void (quiet || io.stderr.write(text)),
      // Said once, by `tellFailure`.
      outputError: () => {},
    });
  addStart(program, io);
  addDoctor(program, io);
  addSchema(program, io);
  addProjects(program, io);
  addOperators(program, io);
  addUsers(program, io);
  addClients(program, io);
  addAdminKeys(program, io);
  addSettings(program, io);
  return program;
}
