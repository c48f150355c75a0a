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
import { acceptsSignup, type LoginSettings } from '../../../projects/index.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import { leadTo, type PageContext, type PageEnv } from '../http.ts';
import type { PageFrame } from '../model.ts';
import { LoginPage } from '../pages/login.tsx';
import { endedPage } from '../pages/problems.tsx';
import type { PendingLogin } from '../ports.ts';
import type { RecoveryCookies } from '../recovery-cookies.ts';
import type { PageOptions, Respond } from '../respond.ts';
import { retryAfter } from '../retry-after.ts';
import { waitWords } from '../wait.ts';

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
  return {
    async pending(c) {
      const { incoming, outgoing } = c.env;
      const login = await deps.oidc.interaction(c.get('project'), incoming, outgoing);
      if (!login || login.uid !== c.req.param('uid')) return respond(c, endedPage, { status: 400 });
      c.set('login', login);
      c.set('origin', { ...c.get('origin'), clientID: login.clientID });
      return login;
    },

    async advance(c, login, state) {
      const project = c.get('project');
      if (state.step !== 'finish') return leadTo(c, addressOf(login.uid, pageOf(state.step)));
      const db = deps.database.forProject(project.id);
      const finished = await finishLogin(db, deps, login.uid, c.get('origin'));
      if (!finished) return leadTo(c, addressOf(login.uid));
      return leadTo(c, await deps.oidc.finishLogin(project, c.env.incoming, c.env.outgoing, finished));
    },

    depsOf: (c) => ({ ...deps, project: c.get('project') }),
  };
}

/** The first page of a login: login id and password. */
export function loginRoutes(
  deps: HostedPagesDeps,
  respond: Respond,
  desk: LoginDesk,
  cookies: RecoveryCookies,
): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();

  const show = async (c: PageContext, login: PendingLogin, form: LoginForm, options?: PageOptions) => {
    const settings = await deps.projects.settings(c.get('project'));
    return respond(c, (frame) => loginPage(frame, login, settings.login, form), options);
  };

  /** What was typed in this very login counts most, then what the app says, then what was typed last. */
  const knownLoginID = (c: PageContext, login: PendingLogin): string | undefined => {
    const typed = cookies.typed.read(c);
    return typed?.uid === login.uid ? typed.loginID : (login.loginHint ?? typed?.loginID);
  };

  routes.get('/login', (c) => leadTo(c, '/settings'));

  routes.get('/login/:uid', async (c) => {
    const login = await desk.pending(c);
    if (login instanceof Response) return login;
    // OpenID Connect leads here first, so that the login's cookie counts for all of its pages.
    if (c.req.query('prompt') === 'create') return leadTo(c, addressOf(login.uid, '/signup'));
    const state = await locateLogin(deps.database.forProject(c.get('project').id), deps.clock, login.uid);
    if (state.step === 'change' || state.step === 'finish') return desk.advance(c, login, state);
    return show(c, login, { loginID: knownLoginID(c, login), startedOver: state.startedOver });
  });

  // After a recovery. Only here does the browser tell which login it has pending, if it still has.
  routes.get('/login/:uid/resume', async (c) => {
    const login = await desk.pending(c);
    return leadTo(c, login instanceof Response ? '/reset-password/continue' : addressOf(login.uid));
  });

  routes.post('/login/:uid', async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const login = await desk.pending(c);
    if (login instanceof Response) return login;
    const loginID = field('login_id').trim();
    const password = field('password');
    if (loginID === '' || password === '') {
      const missing = { loginID: loginID === '', password: password === '' };
      return show(c, login, { loginID, missing }, { status: 400 });
    }
    try {
      const state = await provePassword(
        deps.database.forProject(c.get('project').id),
        desk.depsOf(c),
        { interactionID: login.uid, loginID, password },
        c.get('origin'),
      );
      return await desk.advance(c, login, state);
    } catch (error) {
      const answer = error instanceof LatchkeyError ? answerTo(error) : undefined;
      if (!answer) throw error;
      return show(c, login, { loginID, ...answer.form }, answer.options);
    }
  });

  routes.post('/login/:uid/start-over', async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const login = await desk.pending(c);
    if (login instanceof Response) return login;
    await startOver(deps.database.forProject(c.get('project').id), login.uid);
    return leadTo(c, addressOf(login.uid));
  });

  return routes;
}

interface LoginForm {
  loginID?: string;
  missing?: { loginID: boolean; password: boolean };
  refused?: boolean;
  disabled?: { reason?: string };
  busy?: boolean;
  /** Too many failed attempts: the error that says how long to wait, or that waiting is of no use. */
  blocked?: LatchkeyError;
  startedOver?: boolean;
}

/** The errors that the form itself shows, so that nobody has to type the login id again. */
function answerTo(error: LatchkeyError): { form: LoginForm; options: PageOptions } | undefined {
  switch (error.reason) {
    case 'InvalidCredentials':
      return { form: { refused: true }, options: { status: 401 } };
    case 'DisabledUser': {
      const reason = typeof error.info?.reason === 'string' ? error.info.reason : undefined;
      return { form: { disabled: { reason } }, options: { status: 403 } };
    }
    case 'RateLimited':
    case 'AccountLockout':
      return { form: { blocked: error }, options: { status: 429, headers: retryAfter(error) } };
    case 'HashingQueueFull':
      return { form: { busy: true }, options: { status: 503, headers: retryAfter(error) } };
    default:
      return undefined;
  }
}

function loginPage(frame: PageFrame, login: PendingLogin, settings: LoginSettings, form: LoginForm) {
  const { t } = frame;
  const { missing, refused } = form;
  return (
    <LoginPage
      frame={frame}
      action={addressOf(login.uid)}
      forgot={addressOf(login.uid, '/forgot-password/start')}
      clientName={login.clientName}
      loginIDTypes={settings.identity_types}
      signup={acceptsSignup(settings) ? addressOf(login.uid, '/signup') : undefined}
      loginID={form.loginID}
      alert={alertOf(frame, form)}
      refused={refused}
      errors={{
        loginID: missing?.loginID ? t('login.loginIDMissing') : undefined,
        password: refused ? t('login.refused') : missing?.password ? t('login.passwordMissing') : undefined,
      }}
    />
  );
}

function alertOf(
  { t, brand }: PageFrame,
  { disabled, busy, blocked, startedOver }: LoginForm,
): string | undefined {
  const project = brand.name;
  if (disabled?.reason) return t('login.disabledWithReason', { reason: disabled.reason, project });
  if (disabled) return t('login.disabled', { project });
  if (busy) return t('busy.text');
  if (blocked?.reason === 'AccountLockout') return t('login.locked');
  if (blocked) return t('login.tooMany', { wait: waitWords(t, blocked) });
  return startedOver ? t('login.startedOver') : undefined;
}
