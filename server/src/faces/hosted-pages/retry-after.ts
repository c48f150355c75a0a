import type { LatchkeyError } from '../../platform/errors.ts';

const DEFAULT_SECONDS = 5;

/** The header that says when to come back (RFC 9110, 10.2.3), for errors that pass by waiting. */
export function retryAfter({ kind, info }: LatchkeyError): Record<string, string> {
  if (kind !== 'TooManyRequest' && kind !== 'ServiceUnavailable') return {};
  const seconds = info?.retry_after_seconds;
  return { 'Retry-After': String(typeof seconds === 'number' ? Math.ceil(seconds) : DEFAULT_SECONDS) };
}
