import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import type { ProjectDb } from '../../platform/database/index.ts';
import { sha256 } from '../../platform/ids.ts';
import { grantStore } from '../grant-store.ts';

const derived = (...from: string[]): string => sha256(JSON.stringify(from)).toString('base64url');

/**
 * The id of a session's next grant to an app. Two requests at the same moment (two tabs of one app) arrive at
 * the same one, so that neither's code rests on a grant that the session does not have.
 */
const nextGrantID = (sessionUID: string, userID: string, clientID: string, former = ''): string =>
  derived('grant', sessionUID, userID, clientID, former);

/** What the app knows its part of the session by; the same for those two requests. */
const sidOf = (grantID: string): string => derived('sid', grantID);

/**
 * Makes the search for the grant of a session to an app: the one it has, widened by the scopes asked for now, or
 * a new one. There is one for each app in a session, so that its tokens fall together.
 */
export const grantOfSession =
  (db: ProjectDb) =>
  async ({ oidc }: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { account, client, session, provider } = oidc;
    if (!account || !client || !session) return undefined;
    const { accountId } = account;
    const { clientId } = client;

    /** One that was revoked, by a logout of that app alone, is never made again. */
    async function begin(former: string | undefined): Promise<Grant> {
      const grant = new provider.Grant({ accountId, clientId });
      grant.jti = nextGrantID(session?.uid ?? '', accountId, clientId, former);
      return (await grantStore(db).isRevoked(sha256(grant.jti))) ? begin(grant.jti) : grant;
    }

    const id = session.grantIdFor(clientId);
    const existing = id === undefined ? undefined : await provider.Grant.find(id);
    const grant = existing ?? (await begin(id));
    if (session.sidFor(clientId) === undefined) session.sidFor(clientId, sidOf(grant.jti));

    const granted = new Set(grant.getOIDCScope().split(' '));
    const missing = [...oidc.requestParamOIDCScopes].filter((scope) => !granted.has(scope));
    if (existing && missing.length === 0) return existing;
    grant.addOIDCScope(missing);
    await grant.save();
    return grant;
  };
