import { Hono } from 'hono';
import { createAccount, type SignupState } from '../../../login/index.ts';
import { LatchkeyError } from '../../../platform/errors.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import type { PageContext, PageEnv } from '../http.ts';
import { judgeRoutes } from '../judge.ts';
import { addressTakenPage } from '../pages/signup-ends.tsx';
import { SignupPasswordPage } from '../pages/signup-password.tsx';
import { brokenBy, type PasswordProblem } from '../password-problem.ts';
import type { PendingLogin } from '../ports.ts';
import type { Respond } from '../respond.ts';
import { brokenRules, passwordRules, ruleLines } from '../rules.ts';
import { addressOf } from './login.tsx';
import type { SignupDesk } from './signup-desk.ts';

/** The last page of a sign-up: the password that makes the account. */
export function signupPasswordRoutes(
  deps: HostedPagesDeps,
  respond: Respond,
  desk: SignupDesk,
): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();
  const PATH = '/login/:uid/signup/password';

  const show = async (c: PageContext, login: PendingLogin, address: string, problem?: PasswordProblem) => {
    const { passwords: policy } = await deps.projects.settings(c.get('project'));
    const broken = brokenBy(problem);
    return respond(
      c,
      (frame) => (
        <SignupPasswordPage
          frame={frame}
          action={addressOf(login.uid, '/signup/password')}
          judge={addressOf(login.uid, '/signup/password/strength')}
          another={addressOf(login.uid, '/signup')}
          address={address}
          rules={ruleLines(policy, frame.t, broken)}
          passwordRules={passwordRules(policy)}
          error={problem && frame.t(broken ? 'change.violates' : 'signup.passwordMissing')}
        />
      ),
      { status: problem ? 400 : 200 },
    );
  };

  routes.get(PATH, async (c) => {
    const entered = await desk.enter(c);
    if (entered instanceof Response) return entered;
    const { login, state } = entered;
    const address = addressToProtect(state);
    return address === undefined ? desk.advance(c, login, state) : show(c, login, address);
  });

  routes.post(PATH, async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const entered = await desk.enter(c);
    if (entered instanceof Response) return entered;
    const { login } = entered;
    const address = addressToProtect(entered.state);
    if (address === undefined) return desk.advance(c, login, entered.state);
    const password = field('new_password');
    if (password === '') return show(c, login, address, 'missing');
    let state: SignupState;
    try {
      const input = { interactionID: login.uid, password, locale: desk.localeOf(c) };
      state = await createAccount(desk.dbOf(c), desk.depsOf(c), input, c.get('origin'));
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      if (error.reason === 'AddressTaken') {
        const page = addressTakenPage(addressOf(login.uid), addressOf(login.uid, '/forgot-password'));
        return respond(c, page, { status: 409 });
      }
      if (error.reason !== 'PasswordPolicyViolated') throw error;
      return show(c, login, address, { broken: brokenRules(error) });
    }
    return desk.advance(c, login, state);
  });

  routes.route(
    '/',
    judgeRoutes(deps, `${PATH}/strength`, async (c) => {
      const entered = await desk.enter(c);
      if (entered instanceof Response) return undefined;
      const address = addressToProtect(entered.state);
      return address === undefined ? undefined : [address];
    }),
  );

  return routes;
}

/** The address a password is chosen for, where it is time to. */
const addressToProtect = ({ step, signup }: SignupState): string | undefined =>
  step === 'password' ? signup?.address.original : undefined;
