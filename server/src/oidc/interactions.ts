import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Project } from '../projects/index.ts';
import type { OidcDeps } from './deps.ts';
import { loginNotFound } from './errors.ts';
import { loadLibrary } from './library.ts';
import type { PendingLogin, ProvedLogin } from './model.ts';
import type { ProjectProvider } from './provider/build.ts';
import { CREATE } from './provider/policy.ts';
import { endOtherSession } from './sign-out.ts';

/** Undefined where the library says that there is no such login in this browser. */
async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  const { errors } = await loadLibrary();
  try {
    return await work;
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return undefined;
    throw error;
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The login this browser has pending at this address. */
export async function findPendingLogin(
  { provider }: ProjectProvider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<PendingLogin | undefined> {
  const interaction = await unlessGone(provider.interactionDetails(request, response));
  if (!interaction) return undefined;
  const { params, uid } = interaction;
  const client = await provider.Client.find(text(params.client_id) ?? '');
  return {
    uid,
    clientID: client?.clientId,
    clientName: client?.clientName,
    loginHint: text(params.login_hint),
    uiLocales: text(params.ui_locales),
    redirectURI: text(params.redirect_uri),
  };
}

/**
 * Hands over who signed in. Whoever was signed in in this browser before is signed out, unless it is the same
 * user; the session's id changes in any case, so that one planted before the login is worth nothing after it.
 *
 * @returns where the browser goes next
 * @throws NotFound `LoginNotFound`
 */
export async function handOver(
  deps: Pick<OidcDeps, 'database' | 'clock'>,
  { provider }: ProjectProvider,
  project: Project,
  request: IncomingMessage,
  response: ServerResponse,
  login: ProvedLogin,
): Promise<string> {
  const { userID, sessionEpoch, passwordVersion, amr, provedAt } = login;
  const ts = Math.floor(provedAt.getTime() / 1_000);
  // Who signs in instead has answered `prompt=create` as well.
  const result = { login: { accountId: userID, ts, amr, sessionEpoch, passwordVersion }, [CREATE]: {} };
  const next = await unlessGone(
    provider.interactionResult(request, response, result, { mergeWithLastSubmission: false }),
  );
  if (next === undefined) throw loginNotFound();
  await endOtherSession(deps, project, request, userID);
  return next;
}
