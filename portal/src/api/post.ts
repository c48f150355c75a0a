import { ApiError } from './error.ts';
import { provePassword } from './prove-password.ts';

/** Where to sign in so that the operator comes back to where they are. */
export function signInAddress(): string {
  const here = window.location.pathname + window.location.search;
  return `/portal/login?to=${encodeURIComponent(here)}`;
}

/** Leaves for the login pages; the promise never settles, because this page is about to go. */
function leaveForSignIn(): Promise<never> {
  window.location.assign(signInAddress());
  return new Promise(() => {});
}

interface Refusal {
  error?: { kind?: string; reason?: string; message?: string; info?: Record<string, unknown> };
}

async function send(path: string, init: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(`/portal/api${path}`, { credentials: 'same-origin', ...init });
  } catch {
    throw new ApiError('Unreachable', 'Unreachable', '');
  }
  if (response.status === 401) return leaveForSignIn();
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok || isGraphQLAnswer(body)) return body;
  const { error } = (body ?? {}) as Refusal;
  throw new ApiError(
    error?.kind ?? 'InternalError',
    error?.reason ?? 'UnexpectedAnswer',
    error?.message ?? `HTTP ${response.status}`,
    error?.info,
  );
}

const isGraphQLAnswer = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && ('data' in body || 'errors' in body);

/** Fetches JSON from the portal's API. An expired session leads to the login and back to this place. */
export const get = (path: string, signal?: AbortSignal): Promise<unknown> =>
  send(path, { signal, headers: { accept: 'application/json' } });

/** Posts JSON to the portal's API. An expired session leads to the login and back to this place. */
export const post = (path: string, body: unknown, signal?: AbortSignal): Promise<unknown> =>
  send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    signal,
  });

/**
 * Runs the request; where the server wants the operator's password once more, asks for it and runs the
 * request again. Throws the server's refusal when the operator declines.
 */
export async function withProof<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'ReauthenticationRequired') throw error;
    if (!(await provePassword())) throw error;
    return request();
  }
}
