import type { Command } from 'commander';

/** Wrong usage, exit status 2. */
export const USAGE_STATUS = 2;

/** Ends the command as one that was used wrongly. */
export function usageError(command: Command, message: string): never {
  return command.error(`error: ${message}`, { exitCode: USAGE_STATUS, code: 'latchkey.usage' });
}
