import { type Command, Option } from 'commander';
import type { CommandIO } from './io.ts';

/** `latchkey schema`: the Admin API's schema; opens no database. */
export function addSchema(program: Command, io: CommandIO): void {
  program
    .command('schema')
    .description("print the Admin API's schema (GraphQL SDL)")
    .addOption(new Option('--json', 'changes nothing: a schema is plain text'))
    .action(async () => {
      const { printSDL } = await import('../faces/admin-api/index.ts');
      io.stdout.write(printSDL());
    });
}
