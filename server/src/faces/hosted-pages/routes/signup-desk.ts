import { locateSignup, type SignupDeps, type SignupState, signupPageOf } from '../../../login/index.ts';
import type { ProjectDb } from '../../../platform/database/index.ts';
import { acceptsSignup } from '../../../projects/index.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { leadTo, type PageContext } from '../http.ts';
import { chooseLocale } from '../language.ts';
import { signupClosedPage } from '../pages/signup-ends.tsx';
import type { PendingLogin } from '../ports.ts';
import type { Respond } from '../respond.ts';
import { addressOf, type LoginDesk } from './login.tsx';

/** What the routes of one sign-up share. */
export interface SignupDesk {
  /** The login of this address with where its sign-up stands, or the page that says why there is none. */
  enter(c: PageContext): Promise<{ login: PendingLogin; state: SignupState } | Response>;
  /** Leads to the page of the step the sign-up stands at; past the last one, on with the login. */
  advance(c: PageContext, login: PendingLogin, state: SignupState): Promise<Response>;
  dbOf(c: PageContext): ProjectDb;
  depsOf(c: PageContext): SignupDeps;
  /** The language the page is in. */
  localeOf(c: PageContext): string;
}

export function createSignupDesk(deps: HostedPagesDeps, respond: Respond, desk: LoginDesk): SignupDesk {
  const dbOf = (c: PageContext) => deps.database.forProject(c.get('project').id);
  return {
    async enter(c) {
      const login = await desk.pending(c);
      if (login instanceof Response) return login;
      const settings = await deps.projects.settings(c.get('project'));
      if (!acceptsSignup(settings.login)) {
        return respond(c, signupClosedPage(addressOf(login.uid)), { status: 403 });
      }
      return { login, state: await locateSignup(dbOf(c), deps, login.uid) };
    },

    async advance(c, login, state) {
      if (state.step === 'finish') return desk.advance(c, login, state.login);
      return leadTo(c, addressOf(login.uid, signupPageOf(state.step)));
    },

    dbOf,
    depsOf: (c) => ({ ...deps, project: c.get('project') }),
    localeOf: (c) =>
      chooseLocale(deps.words.locales, c.get('login')?.uiLocales, c.req.header('accept-language')),
  };
}
