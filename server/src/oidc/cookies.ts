import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Project } from '../projects/index.ts';

export interface CookieNames {
  session: string;
  interaction: string;
  resume: string;
}

const isSecure = (project: Pick<Project, 'origin'>): boolean => project.origin.startsWith('https:');

/**
 * The names of our cookies. Over https the prefixes keep others under the same domain from planting one
 * (RFC 6265bis, section 4.1.3); the two of a login are bound to a path, which `__Host-` does not allow.
 */
export function cookieNames(project: Pick<Project, 'origin'>): CookieNames {
  const [host, secure] = isSecure(project) ? ['__Host-', '__Secure-'] : ['', ''];
  return {
    session: `${host}latchkey_session`,
    interaction: `${secure}latchkey_login`,
    resume: `${secure}latchkey_resume`,
  };
}

/** The id of the session in this browser; opens it. */
export function readSessionCookie(
  project: Pick<Project, 'origin'>,
  request: IncomingMessage,
): string | undefined {
  const start = `${cookieNames(project).session}=`;
  const pair = request.headers.cookie
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(start));
  return pair?.slice(start.length) || undefined;
}

/** Gives the browser the id of its session. */
export function writeSessionCookie(
  project: Pick<Project, 'origin'>,
  response: ServerResponse,
  id: string,
  expiresAt: Date,
): void {
  const attributes = ['path=/', `expires=${expiresAt.toUTCString()}`, 'samesite=lax', 'httponly'];
  if (isSecure(project)) attributes.push('secure');
  response.appendHeader('Set-Cookie', [`${cookieNames(project).session}=${id}`, ...attributes].join('; '));
}

/** Takes the session's cookie away from the browser. */
export const clearSessionCookie = (project: Pick<Project, 'origin'>, response: ServerResponse): void =>
  writeSessionCookie(project, response, '', new Date(0));
