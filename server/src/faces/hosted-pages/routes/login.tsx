import { Hono } from 'hono';
import {
  finishLogin,
  type LoginDeps,
  type LoginState,
  locateLogin,
  pageOf,
  provePassword,
  startOver,
} from '../../../login/index.ts';
import { LatchkeyError } from '../../../platform/errors.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import type { PageContext, PageEnv } from '../http.ts';
import type { PageFrame } from '../model.ts';
import { LoginPage } from '../pages/login.tsx';
import { MessagePage } from '../pages/message.tsx';
import type { PendingLogin } from '../ports.ts';
import type { PageOptions, Respond } from '../respond.ts';

/** The longest login id and password that are looked at; longer ones are refused like wrong ones. */
const LONGEST_LOGIN_ID = 320;

/** What the routes of one login share: the login this address belongs to, and the way on from each state. */
export interface LoginDesk {
  /** The login pending in this browser under this address, or the page that says there is none. */
  pending(c: PageContext): Promise<PendingLogin | Response>;
  /** Leads to the page of the step the login stands at; past the last one, to the app. */
  advance(c: PageContext, login: PendingLogin, state: LoginState): Promise<Response>;
  depsOf(c: PageContext): LoginDeps;
}

/** The address of a login's step, such as `/login/<uid>/change-password`. */
export const addressOf = (uid: string, page = ''): string => `/login/${encodeURIComponent(uid)}${page}`;

export function createLoginDesk(deps: HostedPagesDeps, respond: Respond): LoginDesk {
  const ended = (c: PageContext): Promise<Response> =>
    respond(
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

  return {
    async pending(c) {
      const { incoming, outgoing } = c.env;
      const login = await deps.oidc.interaction(c.get('project'), incoming, outgoing);
      return login && login.uid === c.req.param('uid') ? login : ended(c);
    },

    async advance(c, login, state) {
      const project = c.get('project');
      if (state.step !== 'finish') return c.redirect(addressOf(login.uid, pageOf(state.step)), 303);
      const db = deps.database.forProject(project.id);
      const finished = await finishLogin(db, deps, login.uid, c.get('origin'));
      if (!finished) return c.redirect(addressOf(login.uid), 303);
      return c.redirect(await deps.oidc.finishLogin(project, c.env.incoming, c.env.outgoing, finished), 303);
    },

    depsOf: (c) => ({ ...deps, project: c.get('project') }),
  };
}

/** The first page of a login: login id and password. */
export function loginRoutes(deps: HostedPagesDeps, respond: Respond, desk: LoginDesk): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();

  const show = (c: PageContext, login: PendingLogin, form: LoginForm = {}, options?: PageOptions) =>
    respond(c, (frame) => loginPage(frame, login, form), { ...options, login });

  routes.get('/login', (c) => c.redirect('/settings', 303));

  routes.get('/login/:uid', async (c) => {
    const login = await desk.pending(c);
    if (login instanceof Response) return login;
    const state = await locateLogin(deps.database.forProject(c.get('project').id), deps.clock, login.uid);
    if (state.step === 'change' || state.step === 'finish') return desk.advance(c, login, state);
    return show(c, login, { loginID: login.loginHint, startedOver: state.startedOver });
  });

  routes.post('/login/:uid', async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const login = await desk.pending(c);
    if (login instanceof Response) return login;
    const loginID = field('login_id').trim();
    const password = field('password');
    if (loginID === '' || password === '') {
      return show(
        c,
        login,
        { loginID, missing: { loginID: loginID === '', password: password === '' } },
        { status: 400 },
      );
    }
    try {
      const state = await provePassword(
        deps.database.forProject(c.get('project').id),
        desk.depsOf(c),
        { interactionID: login.uid, loginID: loginID.slice(0, LONGEST_LOGIN_ID + 1), password },
        c.get('origin'),
      );
      return desk.advance(c, login, state);
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      if (error.reason === 'InvalidCredentials') {
        return show(c, login, { loginID, refused: true }, { status: 401 });
      }
      if (error.reason === 'DisabledUser') {
        const reason = typeof error.info?.reason === 'string' ? error.info.reason : undefined;
        return show(c, login, { loginID, disabled: { reason } }, { status: 403 });
      }
      throw error;
    }
  });

  routes.post('/login/:uid/start-over', async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const login = await desk.pending(c);
    if (login instanceof Response) return login;
    await startOver(deps.database.forProject(c.get('project').id), login.uid);
    return c.redirect(addressOf(login.uid), 303);
  });

  return routes;
}

interface LoginForm {
  loginID?: string;
  missing?: { loginID: boolean; password: boolean };
  refused?: boolean;
  disabled?: { reason?: string };
  startedOver?: boolean;
}

function loginPage(frame: PageFrame, login: PendingLogin, form: LoginForm) {
  const { t, brand } = frame;
  const { missing, refused, disabled, startedOver } = form;
  const disabledWords = disabled?.reason
    ? t('login.disabledWithReason', { reason: disabled.reason, project: brand.name })
    : t('login.disabled', { project: brand.name });
  return (
    <LoginPage
      frame={frame}
      action={addressOf(login.uid)}
      clientName={login.clientName}
      loginID={form.loginID}
      alert={disabled ? disabledWords : startedOver ? t('login.startedOver') : undefined}
      refused={refused}
      errors={{
        loginID: missing?.loginID ? t('login.loginIDMissing') : undefined,
        password: refused ? t('login.refused') : missing?.password ? t('login.passwordMissing') : undefined,
      }}
    />
  );
}
