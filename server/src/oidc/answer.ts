import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Project } from '../projects/index.ts';
import type { OidcDeps } from './deps.ts';
import type { ProjectProvider } from './provider/build.ts';

/** The request's target as a path, also where a proxy was sent the whole address (RFC 9112, section 3.2.2). */
function pathOf(target: string): string {
  if (target.startsWith('/')) return target;
  const url = URL.parse(target);
  return url ? url.pathname + url.search : '/';
}

async function refuseControlCharacter(
  deps: Pick<OidcDeps, 'pages'>,
  project: Project,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { html, headers } = await deps.pages.protocolError(
    { project, acceptLanguage: request.headers['accept-language'] },
    { error: 'invalid_request', description: 'a parameter holds a NUL character' },
  );
  response.writeHead(400, headers).end(html);
}

/** Answers a request to one of the endpoints. */
export async function answer(
  deps: Pick<OidcDeps, 'pages'>,
  { answer }: ProjectProvider,
  project: Project,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = pathOf(request.url ?? '/');
  // No parameter may hold NUL (RFC 6749, appendix A), and PostgreSQL could not keep it.
  if (/%00/.test(path)) return refuseControlCharacter(deps, project, request, response);
  request.url = path;
  await answer(request, response);
}
