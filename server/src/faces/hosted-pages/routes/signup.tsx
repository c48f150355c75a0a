import { Hono } from 'hono';
import { requestSignupCode, type SignupState } from '../../../login/index.ts';
import { LatchkeyError } from '../../../platform/errors.ts';
import { acceptsSignup } from '../../../projects/index.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import { leadTo, type PageContext, type PageEnv } from '../http.ts';
import { ownLoginAddress } from '../own-account.ts';
import { SignupPage } from '../pages/signup.tsx';
import { signupClosedPage } from '../pages/signup-ends.tsx';
import type { PendingLogin } from '../ports.ts';
import type { PageOptions, Respond } from '../respond.ts';
import { retryAfter } from '../retry-after.ts';
import { isTooSoon, wordsForTooSoon } from '../too-soon.ts';
import { addressOf } from './login.tsx';
import type { SignupDesk } from './signup-desk.ts';

interface SignupForm {
  address?: string;
  wrong?: 'addressMissing' | 'addressWrong';
  refused?: LatchkeyError;
  ranOut?: boolean;
}

/** The first page of a sign-up: an address that a code can be sent to. */
export function signupRoutes(deps: HostedPagesDeps, respond: Respond, desk: SignupDesk): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();

  const show = (c: PageContext, login: PendingLogin, form: SignupForm, options?: PageOptions) =>
    respond(
      c,
      ({ t, ...frame }) => (
        <SignupPage
          frame={{ t, ...frame }}
          action={addressOf(login.uid, '/signup')}
          signIn={addressOf(login.uid)}
          clientName={login.clientName}
          address={form.address}
          alert={
            form.refused
              ? wordsForTooSoon(t, form.refused)
              : form.ranOut
                ? t('signup.startedOver')
                : undefined
          }
          error={form.wrong && t(`signup.${form.wrong}`)}
        />
      ),
      options,
    );

  // Opened without a login, it begins one to the account's own page.
  routes.get('/signup', async (c) => {
    const { login } = await deps.projects.settings(c.get('project'));
    if (acceptsSignup(login)) return leadTo(c, ownLoginAddress(c, { prompt: 'create' }));
    return respond(c, signupClosedPage('/login'), { status: 403 });
  });

  routes.get('/login/:uid/signup', async (c) => {
    const entered = await desk.enter(c);
    if (entered instanceof Response) return entered;
    const { login, state } = entered;
    if (state.step === 'finish') return desk.advance(c, login, state);
    return show(c, login, {
      address: state.signup?.address.original ?? login.loginHint,
      ranOut: state.ranOut,
    });
  });

  routes.post('/login/:uid/signup', async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const entered = await desk.enter(c);
    if (entered instanceof Response) return entered;
    const { login } = entered;
    const address = field('address');
    if (address.trim() === '') return show(c, login, { wrong: 'addressMissing' }, { status: 400 });
    let state: SignupState;
    try {
      const input = { interactionID: login.uid, address, locale: desk.localeOf(c) };
      state = await requestSignupCode(desk.dbOf(c), desk.depsOf(c), input, c.get('origin'));
    } catch (error) {
      if (isTooSoon(error)) {
        return show(c, login, { address, refused: error }, { status: 429, headers: retryAfter(error) });
      }
      if (!(error instanceof LatchkeyError) || error.reason !== 'InvalidLoginID') throw error;
      return show(c, login, { address, wrong: 'addressWrong' }, { status: 400 });
    }
    return desk.advance(c, login, state);
  });

  return routes;
}
