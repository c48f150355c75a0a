/** One broken rule of a password policy, as the server names it. */
export interface PolicyCause {
  Name: string;
  Info?: Record<string, unknown>;
}

/**
 * What the server answered instead of a result: `reason` is stable and decides what the operator is told,
 * `kind` is its family. `Unreachable` is ours: no answer came at all.
 */
export class ApiError extends Error {
  readonly kind: string;
  readonly reason: string;
  readonly info: Record<string, unknown>;

  constructor(kind: string, reason: string, message: string, info: Record<string, unknown> = {}) {
    super(message);
    this.kind = kind;
    this.reason = reason;
    this.info = info;
  }
}

/** The rules that a refused password breaks; empty for every other error. */
export function policyCauses(error: unknown): PolicyCause[] {
  if (!(error instanceof ApiError) || error.reason !== 'PasswordPolicyViolated') return [];
  return Array.isArray(error.info.causes) ? (error.info.causes as PolicyCause[]) : [];
}

/** Whether the error has this reason. */
export const hasReason = (error: unknown, reason: string): error is ApiError =>
  error instanceof ApiError && error.reason === reason;
