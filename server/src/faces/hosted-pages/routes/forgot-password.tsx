import { Hono } from 'hono';
import type { LatchkeyError } from '../../../platform/errors.ts';
import type { Translate } from '../../../platform/words/index.ts';
import type { LoginSettings } from '../../../projects/index.ts';
import { destinationsOf } from '../../../recovery/index.ts';
import { parseLoginID } from '../../../users/index.ts';
import { beginRecovery } from '../begin-recovery.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { type FormFields, readForm } from '../forms.ts';
import { leadTo, type PageContext, type PageEnv } from '../http.ts';
import { LONGEST_LOGIN_ID } from '../login-id-field.tsx';
import { ForgotPasswordPage, type RecoveryMethod } from '../pages/forgot-password.tsx';
import type { PendingLogin } from '../ports.ts';
import type { RecoveryCookies } from '../recovery-cookies.ts';
import type { PageOptions, Respond } from '../respond.ts';
import { retryAfter } from '../retry-after.ts';
import { isTooSoon, wordsForTooSoon } from '../too-soon.ts';
import { addressOf, type LoginDesk } from './login.tsx';

const PATH = '/forgot-password';
/** Where one of the account's addresses is chosen, in projects that offer them. */
const CHOOSE = `${PATH}/destination`;

type Types = LoginSettings['identity_types'];

interface ForgotForm {
  loginID?: string;
  method?: RecoveryMethod;
  wrong?: 'missing' | 'invalid';
  refused?: LatchkeyError;
}

/**
 * The first page of a recovery: whose password, and how to send the way back in. On its own, or within a login that
 * it then leads back to. What follows is the same whether there is such an account or not.
 */
export function forgotPasswordRoutes(
  deps: HostedPagesDeps,
  respond: Respond,
  desk: LoginDesk,
  cookies: RecoveryCookies,
): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();

  const show = async (c: PageContext, form: ForgotForm, options?: PageOptions) => {
    const { login, recovery } = await deps.projects.settings(c.get('project'));
    const uid = c.get('login')?.uid;
    const { refused, wrong } = form;
    return respond(
      c,
      (frame) => (
        <ForgotPasswordPage
          frame={frame}
          action={uid === undefined ? PATH : addressOf(uid, PATH)}
          back={uid === undefined ? '/login' : addressOf(uid)}
          loginIDTypes={login.identity_types}
          methods={recovery.methods}
          loginID={form.loginID}
          method={form.method}
          alert={refused && wordsForTooSoon(frame.t, refused)}
          error={wrong && wordsForWrong(frame.t, wrong, login.identity_types)}
        />
      ),
      options,
    );
  };

  const request = async (c: PageContext, field: FormFields, pending?: PendingLogin) => {
    const project = c.get('project');
    const settings = await deps.projects.settings(project);
    const [first = 'link', ...others] = settings.recovery.methods;
    const method = others.find((other) => other === field('method')) ?? first;
    const loginID = field('login_id');
    const wrong = whatIsWrong(loginID, settings.login.identity_types);
    if (wrong) return show(c, { loginID, method, wrong }, { status: 400 });
    const { uid, clientID, uiLocales } = pending ?? {};
    const login = uid === undefined ? undefined : { uid, clientID, uiLocales };
    try {
      const db = deps.database.forProject(project.id);
      const destinations = await destinationsOf(db, { ...deps, project }, { loginID }, c.get('origin'));
      if (destinations.length === 0) {
        return leadTo(c, await beginRecovery(deps, cookies, c, { loginID, method, login }));
      }
      cookies.choosing.write(c, { loginID, method, destinations, login });
      return leadTo(c, CHOOSE);
    } catch (error) {
      if (!isTooSoon(error)) throw error;
      return show(c, { loginID, method, refused: error }, { status: 429, headers: retryAfter(error) });
    }
  };

  routes.get(PATH, (c) => show(c, { loginID: cookies.begun.read(c)?.loginID }));

  routes.post(PATH, async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    return request(c, field);
  });

  routes.get(`/login/:uid${PATH}`, async (c) => {
    const login = await desk.pending(c);
    // Without its login, the page is still of use.
    if (login instanceof Response) return leadTo(c, PATH);
    const typed = cookies.typed.read(c);
    return show(c, { loginID: typed?.uid === login.uid ? typed.loginID : login.loginHint });
  });

  // From the login page, with what was typed there.
  routes.post(`/login/:uid${PATH}/start`, async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const login = await desk.pending(c);
    if (login instanceof Response) return leadTo(c, PATH);
    const loginID = field('login_id').trim();
    if (loginID !== '')
      cookies.typed.write(c, { loginID: loginID.slice(0, LONGEST_LOGIN_ID), uid: login.uid });
    return leadTo(c, addressOf(login.uid, PATH));
  });

  routes.post(`/login/:uid${PATH}`, async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const login = await desk.pending(c);
    return request(c, field, login instanceof Response ? undefined : login);
  });

  return routes;
}

/** Judges the text alone: whether anybody goes by it is not looked up. */
function whatIsWrong(loginID: string, types: Types): ForgotForm['wrong'] {
  if (loginID.trim() === '') return 'missing';
  const isOne =
    loginID.length <= LONGEST_LOGIN_ID && parseLoginID(loginID).some(({ type }) => types.includes(type));
  return isOne ? undefined : 'invalid';
}

function wordsForWrong(t: Translate, wrong: 'missing' | 'invalid', types: Types): string {
  if (wrong === 'missing') return t('forgot.missing');
  const [only, ...others] = types;
  const kind = others.length === 0 && (only === 'email' || only === 'phone') ? only : 'any';
  return t(`forgot.invalid.${kind}`);
}
