import { CommanderError } from 'commander';
import { type ErrorKind, LatchkeyError, UNEXPECTED } from '../platform/errors.ts';
import type { CommandErrorReason } from './errors.ts';
import type { CommandIO } from './io.ts';
import { USAGE_STATUS } from './usage.ts';
import { wordsForCauses } from './words-for-causes.ts';

/** Refused, or failed: exit status 1. */
const REFUSED_STATUS = 1;

interface Failure {
  status: number;
  kind: ErrorKind;
  reason: string;
  message: string;
  info?: Record<string, unknown>;
}

/** Errors whose message is written for who runs the command, by name, so that none has to be loaded for this. */
const FOR_PEOPLE: Readonly<Record<string, [ErrorKind, CommandErrorReason]>> = {
  ConfigError: ['Invalid', 'InvalidConfiguration'],
  StartError: ['ServiceUnavailable', 'CannotStart'],
  EmbeddedPostgresError: ['ServiceUnavailable', 'EmbeddedPostgresUnusable'],
  DatabaseUnusableError: ['ServiceUnavailable', 'DatabaseUnusable'],
  WrongSecretError: ['Invalid', 'WrongSecret'],
};

/** Codes of Node.js and SQLSTATEs of PostgreSQL that mean: no connection. */
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'ENOENT',
  '28000',
  '28P01',
  '3D000',
  '53300',
  '57P03',
]);

/** Codes of Node.js that say of a path: nothing can be kept there. */
const NO_FOLDER = new Set(['EACCES', 'EEXIST', 'ENOTDIR', 'EPERM', 'EROFS']);

/**
 * Says on standard error what went wrong: in words, or with `--json` as one object `{"error": …}`. Standard
 * output stays empty, so that a script never takes an error for a result.
 *
 * @returns the exit status: 1 refused, 2 wrong usage (0 where help was asked for)
 */
export function tellFailure(io: CommandIO, error: unknown, json: boolean): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const { status, ...failure } = describe(error);
  if (json) io.stderr.write(`${JSON.stringify({ error: failure })}\n`);
  else if (!hasSaidHelp(error)) io.stderr.write(`latchkey: ${inWords(failure)}\n`);
  if (isDebugging(io) && failure.reason === UNEXPECTED.reason) io.stderr.write(`${(error as Error).stack}\n`);
  return status;
}

/** What went wrong, in one sentence. */
export const wordsForFailure = (error: unknown): string => describe(error).message;

function describe(error: unknown): Failure {
  if (error instanceof CommanderError) return describeUsage(error);
  if (error instanceof LatchkeyError) {
    const { kind, reason, message, info } = error;
    return { status: REFUSED_STATUS, kind, reason, message, info };
  }
  const failure: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  const { name, message, code, path } = failure;
  const forPeople = FOR_PEOPLE[name];
  if (forPeople) return { status: REFUSED_STATUS, kind: forPeople[0], reason: forPeople[1], message };
  if (NO_CONNECTION.has(code ?? '')) {
    return {
      status: REFUSED_STATUS,
      kind: 'ServiceUnavailable',
      reason: 'DatabaseUnreachable' satisfies CommandErrorReason,
      message: `the database does not answer (${message || code}): "latchkey doctor" tells more`,
    };
  }
  // The data folder is all that is written to.
  if (path !== undefined && NO_FOLDER.has(code ?? '')) {
    return {
      status: REFUSED_STATUS,
      kind: 'Invalid',
      reason: 'InvalidConfiguration' satisfies CommandErrorReason,
      message: `the data folder cannot be used (${message}): set LATCHKEY_DATA_DIR to a folder that this account may write to`,
    };
  }
  const words = message.split('\n', 1)[0];
  return {
    status: REFUSED_STATUS,
    ...UNEXPECTED,
    message: `unexpected failure: ${words} (LOG_LEVEL=debug shows where)`,
  };
}

/** Where a verb is missing, commander has printed the help by itself. */
const hasSaidHelp = (error: unknown): boolean =>
  error instanceof CommanderError && error.code === 'commander.help';

function describeUsage(error: CommanderError): Failure {
  const message = hasSaidHelp(error)
    ? 'name a command; --help lists them'
    : error.message.replace(/^error: /, '').replaceAll(/\s*\n/g, ' ');
  return {
    status: USAGE_STATUS,
    kind: 'Invalid',
    reason: 'WrongUsage' satisfies CommandErrorReason,
    message,
  };
}

function inWords({ message, info, reason }: Omit<Failure, 'status'>): string {
  const hint = reason === 'WrongUsage' ? ['  --help shows how it is used'] : [];
  return [message, ...wordsForCauses(info).map((words) => `  - ${words}`), ...hint].join('\n');
}

const isDebugging = (io: CommandIO): boolean => ['debug', 'trace'].includes(io.env.LOG_LEVEL ?? '');
