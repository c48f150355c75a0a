import type { ErrorInfo, ErrorKind } from '../../../platform/errors.ts';
import type { AdminApiErrorReason } from '../errors.ts';

/** An answer to a request that never became a GraphQL operation. */
export interface Refusal {
  status: number;
  kind: ErrorKind;
  reason: AdminApiErrorReason;
  message: string;
  info?: ErrorInfo;
  headers?: Record<string, string>;
}

/** Answers in the form of a GraphQL response, so that every client reads every error in one place. */
export function refuse({ status, kind, reason, message, info, headers }: Refusal): Response {
  const extensions = { errorName: kind, reason, ...(info && { info }) };
  return Response.json(
    { errors: [{ message, extensions }] },
    { status, headers: { 'cache-control': 'no-store', ...headers } },
  );
}
