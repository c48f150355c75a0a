import { unfitNode } from './errors.ts';
import { tellFailure } from './failure.ts';
import type { CommandIO } from './io.ts';
import { processIO } from './io.ts';
import { nodeTooOld } from './node-version.ts';
import { createProgram } from './program.ts';

/**
 * Runs one command.
 *
 * @param argv as `process.argv` has it
 * @returns the exit status: 0 done, 1 refused, 2 wrong usage
 */
export async function runCLI(argv: readonly string[], io: CommandIO = processIO()): Promise<number> {
  const json = argv.includes('--json');
  try {
    const tooOld = nodeTooOld(process.versions.node);
    if (tooOld) throw unfitNode(tooOld);
    await createProgram(io, json).parseAsync(argv, { from: 'node' });
    return io.status;
  } catch (error) {
    return tellFailure(io, error, json);
  }
}
