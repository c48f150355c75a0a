import { Hono } from 'hono';
import { passwordOf } from '../../../passwords/index.ts';
import { listSessions } from '../../../sessions/index.ts';
import { formattedName, type User, userStore } from '../../../users/index.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import { leadTo, type PageContext, type PageEnv } from '../http.ts';
import type { PageFrame } from '../model.ts';
import { agoWords } from '../moments.ts';
import { CALLBACK, requireOwnAccount, sectionPath } from '../own-account.ts';
import { MessagePage } from '../pages/message.tsx';
import { endedPage } from '../pages/problems.tsx';
import { type AccountSection, SettingsPage } from '../pages/settings.tsx';
import type { Respond } from '../respond.ts';

/**
 * Where somebody lands who signs in without coming from an app. The page is on the identity server's own
 * origin, so the session the login left in the browser is its proof. The code that comes back says no more than
 * that the login is over: nobody redeems it (its verifier is thrown away at once), and it runs out. Hence there
 * is no `state` to remember either, and as many tabs as one likes may sign in at once.
 */
export function settingsRoutes(deps: HostedPagesDeps, respond: Respond): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();
  const sessionOf = (c: PageContext) => deps.oidc.signedIn(c.get('project'), c.env.incoming, c.env.outgoing);

  /** The pages of the account, each with what there is to know of it. */
  const sectionsOf = async (c: PageContext, user: User): Promise<(frame: PageFrame) => AccountSection[]> => {
    const db = deps.database.forProject(c.get('project').id);
    const now = deps.clock.now();
    const password = await passwordOf(db, user.id);
    const { length: count } = await listSessions(db, deps.clock, user.id);
    return ({ t, locale }) => [
      {
        href: '/settings/password',
        label: t('settings.password.section'),
        hint: password
          ? t('settings.password.changedAgo', { ago: agoWords(locale, password.updatedAt, now) })
          : t('settings.password.noneYet'),
      },
      {
        href: '/settings/sessions',
        label: t('settings.sessions.title'),
        hint: t('settings.sessions.count', { count }),
      },
    ];
  };

  routes.get('/settings', async (c) => {
    const account = await requireOwnAccount(deps, c);
    if (account instanceof Response) return account;
    const { user } = account;
    const identities = await userStore(deps.database.forProject(c.get('project').id)).identitiesOf(user.id);
    const sections = await sectionsOf(c, user);
    return respond(c, (frame) => (
      <SettingsPage
        frame={frame}
        displayName={formattedName(user, identities)}
        lines={identities.map(({ type, original }) => ({
          label: frame.t(`settings.${type}`),
          value: original,
        }))}
        sections={sections(frame)}
        signOutAction="/settings/sign-out"
      />
    ));
  });

  routes.get(CALLBACK, async (c) =>
    // Without a session (the login was broken off, or the browser keeps no cookies), going on would go in circles.
    (await sessionOf(c))
      ? leadTo(c, sectionPath(c.req.query('state')))
      : respond(c, endedPage, { status: 400 }),
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
