import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { randomToken, safeEqual } from '../../../platform/ids.ts';
import { formattedName, userStore } from '../../../users/index.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import { isSecure, type PageContext, type PageEnv } from '../http.ts';
import { MessagePage } from '../pages/message.tsx';
import { SettingsPage } from '../pages/settings.tsx';
import type { Respond } from '../respond.ts';

/** The built-in client this page is. */
const CLIENT_ID = 'settings';
const CALLBACK = '/settings/callback';
const STATE_COOKIE = 'latchkey_settings_state';
const STATE_LIFETIME_SECONDS = 60 * 60;

/**
 * Where somebody lands who signs in without coming from an app. The page is on the identity server's own
 * origin, so the session the login left in the browser is its proof; the code it gets back says no more than
 * that the login is over, and runs out unused.
 */
export function settingsRoutes(deps: HostedPagesDeps, respond: Respond): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();
  const dbOf = (c: PageContext) => deps.database.forProject(c.get('project').id);
  const stateOptions = (c: PageContext) => ({
    path: '/settings',
    httpOnly: true,
    secure: isSecure(c),
    sameSite: 'Lax' as const,
  });

  const startLogin = (c: PageContext): Response => {
    const state = randomToken(16);
    setCookie(c, STATE_COOKIE, state, { ...stateOptions(c), maxAge: STATE_LIFETIME_SECONDS });
    const query = new URLSearchParams({
      client_id: CLIENT_ID,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: c.get('project').origin + CALLBACK,
      state,
      code_challenge: createHash('sha256').update(randomToken(32)).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const uiLocales = c.req.query('ui_locales');
    if (uiLocales) query.set('ui_locales', uiLocales);
    return c.redirect(`/oauth2/authorize?${query}`, 303);
  };

  routes.get('/settings', async (c) => {
    const session = await deps.oidc.signedIn(c.get('project'), c.env.incoming, c.env.outgoing);
    const user = session && (await userStore(dbOf(c)).find(session.userID));
    if (!user) return startLogin(c);
    const identities = await userStore(dbOf(c)).identitiesOf(user.id);
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

  routes.get(CALLBACK, async (c) => {
    const state = getCookie(c, STATE_COOKIE) ?? '';
    deleteCookie(c, STATE_COOKIE, stateOptions(c));
    const session = await deps.oidc.signedIn(c.get('project'), c.env.incoming, c.env.outgoing);
    if (session && state !== '' && safeEqual(state, c.req.query('state') ?? '')) {
      return c.redirect('/settings', 303);
    }
    return respond(
      c,
      (frame) => (
        <MessagePage
          frame={frame}
          title={frame.t('expired.title')}
          text={frame.t('expired.text')}
          action={{ href: '/settings', label: frame.t('expired.action') }}
        />
      ),
      { status: 400 },
    );
  });

  routes.post('/settings/sign-out', async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    await deps.oidc.signOut(c.get('project'), c.env.incoming, c.env.outgoing);
    return c.redirect('/settings/signed-out', 303);
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
