/** The closed list of what can go wrong, as the outside sees it; GraphQL carries it as `extensions.errorName`. */
export type ErrorKind =
  | 'Invalid'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'AlreadyExists'
  | 'TooManyRequest'
  | 'ServiceUnavailable'
  | 'InternalError';

/** Details of an error that a program can read. Never holds a secret. */
export type ErrorInfo = Record<string, unknown>;

/**
 * An error that its receiver is meant to read: `kind` says which family, `reason` is a stable name to
 * program against, `message` names the field and the fix. Anything else that is thrown is a failure of
 * ours and is answered as "unexpected error".
 */
export class LatchkeyError extends Error {
  override readonly name = 'LatchkeyError';
  readonly kind: ErrorKind;
  readonly reason: string;
  readonly info: ErrorInfo | undefined;

  constructor(kind: ErrorKind, reason: string, message: string, info?: ErrorInfo) {
    super(message);
    this.kind = kind;
    this.reason = reason;
    this.info = info;
  }
}

type Make = (reason: string, message: string, info?: ErrorInfo) => LatchkeyError;
const make =
  (kind: ErrorKind): Make =>
  (reason, message, info) =>
    new LatchkeyError(kind, reason, message, info);

/** The input is wrong and the same input will stay wrong (HTTP 400). */
export const invalid = make('Invalid');
/** Nobody has proved who they are (HTTP 401). */
export const unauthorized = make('Unauthorized');
/** Known, but not allowed (HTTP 403). */
export const forbidden = make('Forbidden');
/** No such thing in this project (HTTP 404). */
export const notFound = make('NotFound');
/** The thing to be made exists (HTTP 409). */
export const alreadyExists = make('AlreadyExists');
/** Too often; `info.retry_after_seconds` says when to come back (HTTP 429). */
export const tooManyRequests = make('TooManyRequest');
/** The server can't now; `info.retry_after_seconds` says when to come back (HTTP 503). */
export const unavailable = make('ServiceUnavailable');

/** The one reason that every face has. */
export type CommonErrorReason = 'UnexpectedError';

/** How a failure of ours looks from outside: nothing of it is told. */
export const UNEXPECTED = {
  kind: 'InternalError',
  reason: 'UnexpectedError' satisfies CommonErrorReason,
  message: 'unexpected error',
} as const;

/** The HTTP status that goes with each kind (RFC 9110). */
export const HTTP_STATUS = {
  Invalid: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  AlreadyExists: 409,
  TooManyRequest: 429,
  ServiceUnavailable: 503,
  InternalError: 500,
} as const satisfies Record<ErrorKind, number>;
