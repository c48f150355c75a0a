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
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
    },
    ...(destination ? [destination] : []),
  );
}
