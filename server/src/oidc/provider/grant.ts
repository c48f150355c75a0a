import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import { sha256 } from '../../platform/ids.ts';

/**
 * The id of a session's next grant to an app. Two requests at the same moment (two tabs of one app) arrive at
 * the same one, so that neither's code rests on a grant that the session does not have.
 */
const nextGrantID = (sessionUID: string, userID: string, clientID: string, former = ''): string =>
  sha256(JSON.stringify(['grant', sessionUID, userID, clientID, former])).toString('base64url');

/**
 * The grant of a session to an app: the one it has, widened by the scopes asked for now, or a new one. There
 * is one for each app in a session, so that its tokens fall together.
 */
export async function grantOfSession({ oidc }: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { account, client, session, provider } = oidc;
  if (!account || !client || !session) return undefined;
  const { accountId } = account;
  const { clientId } = client;
  const id = session.grantIdFor(clientId);
  const existing = id === undefined ? undefined : await provider.Grant.find(id);
  const grant = existing ?? new provider.Grant({ accountId, clientId });
  if (!existing) grant.jti = nextGrantID(session.uid, accountId, clientId, id);

  const granted = new Set(grant.getOIDCScope().split(' '));
  const missing = [...oidc.requestParamOIDCScopes].filter((scope) => !granted.has(scope));
  if (existing && missing.length === 0) return existing;
  grant.addOIDCScope(missing);
  await grant.save();
  return grant;
}
