import { Hono } from 'hono';
import { changeForced, type LoginState, locateLogin } from '../../../login/index.ts';
import { LatchkeyError } from '../../../platform/errors.ts';
import { userStore } from '../../../users/index.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import { leadTo, type PageContext, type PageEnv } from '../http.ts';
import { judgeRoutes } from '../judge.ts';
import { ChangePasswordPage } from '../pages/change-password.tsx';
import { brokenBy, type PasswordProblem, problemOfFields, wordsForPassword } from '../password-problem.ts';
import type { PendingLogin } from '../ports.ts';
import type { Respond } from '../respond.ts';
import { brokenRules, passwordRules, ruleLines } from '../rules.ts';
import { addressOf, type LoginDesk } from './login.tsx';

/** The forced change: between a right password that may not be used any longer and the app. */
export function changePasswordRoutes(
  deps: HostedPagesDeps,
  respond: Respond,
  desk: LoginDesk,
): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();
  const dbOf = (c: PageContext) => deps.database.forProject(c.get('project').id);
  const locate = (c: PageContext, login: PendingLogin) => locateLogin(dbOf(c), deps.clock, login.uid);

  const loginIDsOf = async (c: PageContext, userID: string): Promise<string[]> =>
    (await userStore(dbOf(c)).identitiesOf(userID)).map((identity) => identity.original);

  const show = async (c: PageContext, login: PendingLogin, userID: string, problem?: PasswordProblem) => {
    const { passwords: policy } = await deps.projects.settings(c.get('project'));
    const [loginID = ''] = await loginIDsOf(c, userID);
    return respond(
      c,
      (frame) => (
        <ChangePasswordPage
          frame={frame}
          action={addressOf(login.uid, '/change-password')}
          judge={addressOf(login.uid, '/change-password/strength')}
          startOver={addressOf(login.uid, '/start-over')}
          loginID={loginID}
          rules={ruleLines(policy, frame.t, brokenBy(problem))}
          passwordRules={passwordRules(policy)}
          errors={wordsForPassword(frame.t, problem)}
        />
      ),
      { status: problem ? 400 : 200 },
    );
  };

  routes.get('/login/:uid/change-password', async (c) => {
    const login = await desk.pending(c);
    if (login instanceof Response) return login;
    const state = await locate(c, login);
    if (!asksForChange(state)) return desk.advance(c, login, state);
    return show(c, login, state.user.id);
  });

  routes.post('/login/:uid/change-password', async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const login = await desk.pending(c);
    if (login instanceof Response) return login;
    const state = await locate(c, login);
    if (!asksForChange(state)) return desk.advance(c, login, state);
    const problem = problemOfFields(field);
    if (problem) return show(c, login, state.user.id, problem);
    try {
      const input = { interactionID: login.uid, newPassword: field('new_password') };
      const next = await changeForced(dbOf(c), desk.depsOf(c), input, c.get('origin'));
      return await desk.advance(c, login, next);
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      if (error.reason === 'PasswordChangedMeanwhile') return desk.advance(c, login, await locate(c, login));
      if (error.reason !== 'PasswordPolicyViolated') throw error;
      return show(c, login, state.user.id, { broken: brokenRules(error) });
    }
  });

  routes.route(
    '/',
    judgeRoutes(deps, '/login/:uid/change-password/strength', async (c) => {
      const login = await desk.pending(c);
      if (login instanceof Response) return undefined;
      const state = await locate(c, login);
      return asksForChange(state) ? loginIDsOf(c, state.user.id) : undefined;
    }),
  );

  routes.get('/change-password', (c) => leadTo(c, '/settings/password'));
  // https://w3c.github.io/webappsec-change-password-url/
  routes.get('/.well-known/change-password', (c) => leadTo(c, '/change-password'));

  return routes;
}

const asksForChange = (state: LoginState): state is LoginState & { user: { id: string } } =>
  state.step === 'change' && state.user !== undefined;
