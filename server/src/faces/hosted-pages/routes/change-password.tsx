import { Hono } from 'hono';
import { changeForced, locateLogin } from '../../../login/index.ts';
import { LatchkeyError } from '../../../platform/errors.ts';
import { userStore } from '../../../users/index.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm, readPasswordJSON } from '../forms.ts';
import type { PageContext, PageEnv } from '../http.ts';
import { judge } from '../judge.ts';
import { ChangePasswordPage } from '../pages/change-password.tsx';
import type { PendingLogin } from '../ports.ts';
import type { Respond } from '../respond.ts';
import { passwordRules, ruleLines } from '../rules.ts';
import { addressOf, type LoginDesk } from './login.tsx';

type Problem = 'missing' | 'mismatch' | { broken: string[] };

/** The forced change: between a right password that may not be used any longer and the app. */
export function changePasswordRoutes(
  deps: HostedPagesDeps,
  respond: Respond,
  desk: LoginDesk,
): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();
  const dbOf = (c: PageContext) => deps.database.forProject(c.get('project').id);

  const loginIDsOf = async (c: PageContext, userID: string): Promise<string[]> =>
    (await userStore(dbOf(c)).identitiesOf(userID)).map((identity) => identity.original);

  const show = async (c: PageContext, login: PendingLogin, userID: string, problem?: Problem) => {
    const { passwords: policy } = await deps.projects.settings(c.get('project'));
    const [loginID = ''] = await loginIDsOf(c, userID);
    const broken = typeof problem === 'object' ? problem.broken : undefined;
    return respond(
      c,
      (frame) => (
        <ChangePasswordPage
          frame={frame}
          action={addressOf(login.uid, '/change-password')}
          judge={addressOf(login.uid, '/change-password/strength')}
          startOver={addressOf(login.uid, '/start-over')}
          loginID={loginID}
          rules={ruleLines(policy, frame.t, broken)}
          passwordRules={passwordRules(policy)}
          errors={{
            newPassword: broken
              ? frame.t('change.violates')
              : problem === 'missing'
                ? frame.t('change.missing')
                : undefined,
            confirmation: problem === 'mismatch' ? frame.t('change.mismatch') : undefined,
          }}
        />
      ),
      { login, status: problem ? 400 : 200 },
    );
  };

  routes.get('/login/:uid/change-password', async (c) => {
    const login = await desk.pending(c);
    if (login instanceof Response) return login;
    const state = await locateLogin(dbOf(c), deps.clock, login.uid);
    if (state.step !== 'change' || !state.user) return desk.advance(c, login, state);
    return show(c, login, state.user.id);
  });

  routes.post('/login/:uid/change-password', async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const login = await desk.pending(c);
    if (login instanceof Response) return login;
    const state = await locateLogin(dbOf(c), deps.clock, login.uid);
    if (state.step !== 'change' || !state.user) return desk.advance(c, login, state);
    const newPassword = field('new_password');
    if (newPassword === '') return show(c, login, state.user.id, 'missing');
    if (newPassword !== field('confirmation')) return show(c, login, state.user.id, 'mismatch');
    try {
      const input = { interactionID: login.uid, newPassword };
      const next = await changeForced(dbOf(c), desk.depsOf(c), input, c.get('origin'));
      return desk.advance(c, login, next);
    } catch (error) {
      if (!(error instanceof LatchkeyError) || error.reason !== 'PasswordPolicyViolated') throw error;
      const causes = (error.info?.causes ?? []) as { Name: string }[];
      return show(c, login, state.user.id, { broken: causes.map((cause) => cause.Name) });
    }
  });

  routes.post('/login/:uid/change-password/strength', async (c) => {
    assertNotForged(c, deps.secrets, c.req.header('x-csrf-token'));
    const login = await desk.pending(c);
    if (login instanceof Response) return c.json({ error: 'no login is pending' }, 400);
    const password = await readPasswordJSON(c);
    const state = await locateLogin(dbOf(c), deps.clock, login.uid);
    if (state.step !== 'change' || !state.user) return c.json({ error: 'no change is pending' }, 400);
    return judge(c, deps, {
      password,
      loginIDs: await loginIDsOf(c, state.user.id),
      uiLocales: login.uiLocales,
    });
  });

  routes.get('/change-password', (c) => c.redirect('/settings', 303));
  routes.get('/.well-known/change-password', (c) => c.redirect('/change-password', 303));

  return routes;
}
