import { clientStore } from '../client-store.ts';
import type { LogoutDeps } from './deps.ts';
import { type EndedPart, makeLogoutToken } from './logout-token.ts';

/** An app that takes longer is asked again later. */
const PATIENCE_MS = 5_000;

/**
 * Tells one app of the end of its part in one session (OpenID Connect Back-Channel Logout 1.0, section 2.5).
 * Nothing is told where the app, or its address, is gone by now. Redirects are not followed, and what the app
 * says is not read: only whether it took the token.
 *
 * @throws where the app did not take it, so that the job is run again
 */
export async function deliverLogout(deps: LogoutDeps, projectID: string, part: EndedPart): Promise<void> {
  const { database, projects, clock } = deps;
  const project = await projects.find(projectID);
  const client = project && (await clientStore(database.forProject(projectID)).find(part.clientID));
  if (!project || client?.backchannelLogoutURI === undefined) return;
  const [key] = await projects.signingKeys(project).jwks();
  if (key === undefined) throw new Error('the project has no active signing key');
  const token = await makeLogoutToken({ clock, key, issuer: project.origin }, part);
  const outcome = await post(client.backchannelLogoutURI, token);
  if (outcome !== undefined)
    throw new Error(`the app ${part.clientID} did not take a logout token: ${outcome}`);
}

/** What went wrong; undefined where the app took it. */
async function post(uri: string, token: string): Promise<string | undefined> {
  try {
    const response = await fetch(uri, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `it answered ${response.status}`;
  } catch (error) {
    const { message, cause } = error as Error;
    return cause instanceof Error ? cause.message : message;
  }
}
