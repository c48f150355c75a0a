import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { randomToken } from '../../../platform/ids.ts';
import { formattedName, userStore } from '../../../users/index.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import { leadTo, type PageContext, type PageEnv } from '../http.ts';
import { MessagePage } from '../pages/message.tsx';
import { endedPage } from '../pages/problems.tsx';
import { SettingsPage } from '../pages/settings.tsx';
import type { Respond } from '../respond.ts';

/** The built-in client this page is. */
const CLIENT_ID = 'settings';
const CALLBACK = '/settings/callback';

/**
 * Where somebody lands who signs in without coming from an app. The page is on the identity server's own
 * origin, so the session the login left in the browser is its proof. The code that comes back says no more than
 * that the login is over: nobody redeems it (its verifier is thrown away at once), and it runs out. Hence there
 * is no `state` to remember either, and as many tabs as one likes may sign in at once.
 */
export function settingsRoutes(deps: HostedPagesDeps, respond: Respond): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();
  const sessionOf = (c: PageContext) => deps.oidc.signedIn(c.get('project'), c.env.incoming, c.env.outgoing);

  routes.get('/settings', async (c) => {
    const session = await sessionOf(c);
    const users = userStore(deps.database.forProject(c.get('project').id));
    const user = session && (await users.find(session.userID));
    if (!user) return leadTo(c, ownLoginAddress(c));
    const identities = await users.identitiesOf(user.id);
    return respond(c, (frame) => (
      <SettingsPage
        frame={frame}
        displayName={formattedName(user, identities)}
        lines={identities.map(({ type, original }) => ({
          label: frame.t(`settings.${type}`),
          value: original,
        }))}
        signOutAction="/settings/sign-out"
      />
    ));
  });

  routes.get(CALLBACK, async (c) =>
    // Without a session (the login was broken off, or the browser keeps no cookies), going on would go in circles.
    (await sessionOf(c)) ? leadTo(c, '/settings') : respond(c, endedPage, { status: 400 }),
  );

  routes.post('/settings/sign-out', async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    await deps.oidc.signOut(c.get('project'), c.env.incoming, c.env.outgoing, c.get('origin'));
    return leadTo(c, '/settings/signed-out');
  });

  routes.get('/settings/signed-out', (c) =>
    respond(c, (frame) => (
      <MessagePage
        frame={frame}
        title={frame.t('signedOut.title')}
        text={frame.t('signedOut.text', { project: frame.brand.name })}
        action={{ href: '/login', label: frame.t('signedOut.action') }}
      />
    )),
  );

  return routes;
}

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
