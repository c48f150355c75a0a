import { type DestinationStream, type Logger, pino } from 'pino';

/** The server's structured log; one JSON object a line. */
export type Log = Logger;

const SECRET_FIELDS = [
  'password',
  'newPassword',
  'currentPassword',
  'secret',
  'token',
  'code',
  'authorization',
  'cookie',
  'privateKey',
  'smtpURL',
  'databaseURL',
];

/** What PostgreSQL names in an error of its own. Its `detail` and `where` quote rows and values, and are left out. */
const NAMED_IN_ERRORS = ['severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const;

/**
 * An error as the log tells it: what failed and where, its causes with it, and of all else that libraries hang on
 * errors only names.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = pino.stdSerializers.err(error);
  const known = error as unknown as Record<string, unknown>;
  const named = Object.fromEntries(NAMED_IN_ERRORS.map((name) => [name, known[name]]));
  const inside = error instanceof AggregateError ? { errors: error.errors.map(describeError) } : {};
  return { type, message, stack, errorCode: known.code, ...named, ...inside };
}

/**
 * Makes the log. Fields named like a secret are replaced at the top and up to two levels down, so that
 * an object logged whole does not tell one.
 */
export function createLog(options: { level: string }, destination?: DestinationStream): Log {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      serializers: { err: describeError },
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
    },
    ...(destination ? [destination] : []),
  );
}
