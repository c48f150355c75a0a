import { createHash } from 'node:crypto';
import { randomToken } from '../../platform/ids.ts';
import { type User, userStore } from '../../users/index.ts';
import type { HostedPagesDeps } from './deps.ts';
import { leadTo, type PageContext } from './http.ts';
import type { OwnSession } from './ports.ts';

/** The built-in client that the account's own pages are. */
const CLIENT_ID = 'settings';
export const CALLBACK = '/settings/callback';

/** The pages a login can lead back to, by what the authorization request carries as its `state`. */
const SECTIONS: Readonly<Record<string, string>> = {
  password: '/settings/password',
  sessions: '/settings/sessions',
};

/** Where a login leads that was begun for this section. */
export const sectionPath = (state: string | undefined): string => SECTIONS[state ?? ''] ?? '/settings';

/**
 * Where a login to the account's own page begins. Absolute, so that one begun under another name of the host ends
 * where its session is.
 * @param more further parameters of the authorization request, such as `prompt`
 */
export function ownLoginAddress(c: PageContext, more: Record<string, string> = {}): string {
  const { origin } = c.get('project');
  const query = new URLSearchParams({
    client_id: CLIENT_ID,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: origin + CALLBACK,
    code_challenge: createHash('sha256').update(randomToken(32)).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
  const uiLocales = c.req.query('ui_locales');
  if (uiLocales) query.set('ui_locales', uiLocales);
  return `${origin}/oauth2/authorize?${query}`;
}

/** Who is signed in in this browser, and as whom. */
export interface OwnAccount {
  session: OwnSession;
  user: User;
}

/**
 * Who is signed in, or the way to the login and from there to a section. The account is that of the session: no
 * address and no field says whose it is.
 */
export async function requireOwnAccount(
  { database, oidc }: HostedPagesDeps,
  c: PageContext,
  section?: keyof typeof SECTIONS,
): Promise<OwnAccount | Response> {
  const session = await oidc.signedIn(c.get('project'), c.env.incoming, c.env.outgoing);
  const user = session && (await userStore(database.forProject(c.get('project').id)).find(session.userID));
  if (session && user) return { session, user };
  return leadTo(c, ownLoginAddress(c, section ? { state: section } : {}));
}
