import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createFirstOperator } from '../../../passwords/index.ts';
import { LatchkeyError } from '../../../platform/errors.ts';
import { HOME } from '../../../projects/index.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import { isSecure, leadTo, type PageContext, type PageEnv } from '../http.ts';
import { judgeRoutes } from '../judge.ts';
import { FirstRunPage } from '../pages/first-run.tsx';
import { MessagePage } from '../pages/message.tsx';
import { notFoundPage } from '../pages/problems.tsx';
import type { Respond } from '../respond.ts';
import { brokenRules, passwordRules, ruleLines } from '../rules.ts';

const PATH = '/first-run';
const COOKIE = 'latchkey_first_run';
const LIFETIME_SECONDS = 60 * 60;
const TOKEN = /^[\w-]{1,128}$/;

interface Problem {
  email?: 'wrong' | 'taken';
  password?: 'missing' | { broken: string[] };
}

/**
 * The one-time link that makes the first operator. Its token moves from the address into a cookie before
 * anything is shown, so that it stands in no history and no screenshot; opening the link does not use it up.
 */
export function firstRunRoutes(deps: HostedPagesDeps, respond: Respond): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();
  const { firstRun } = deps.projects;
  const cookieOptions = (c: PageContext) => ({
    path: PATH,
    httpOnly: true,
    secure: isSecure(c),
    sameSite: 'Lax' as const,
  });

  /** The token this browser brought along, as long as it would be redeemed. */
  const validToken = async (c: PageContext): Promise<string | undefined> => {
    const token = getCookie(c, COOKIE) ?? '';
    return TOKEN.test(token) && (await firstRun.isValid(token)) ? token : undefined;
  };

  const show = async (c: PageContext, email = '', problem: Problem = {}) => {
    const { passwords: policy } = await deps.projects.settings(c.get('project'));
    const { password } = problem;
    const broken = typeof password === 'object' ? password.broken : undefined;
    return respond(
      c,
      (frame) => (
        <FirstRunPage
          frame={frame}
          action={PATH}
          judge={`${PATH}/strength`}
          email={email}
          rules={ruleLines(policy, frame.t, broken)}
          passwordRules={passwordRules(policy)}
          errors={{
            email: problem.email === undefined ? undefined : frame.t(`firstRun.email.${problem.email}`),
            newPassword: broken
              ? frame.t('change.violates')
              : password === 'missing'
                ? frame.t('firstRun.passwordMissing')
                : undefined,
          }}
        />
      ),
      { status: problem.email || password ? 400 : 200 },
    );
  };

  const showVoid = (c: PageContext) => {
    deleteCookie(c, COOKIE, cookieOptions(c));
    return respond(c, messagePage('void'), { status: 403 });
  };

  routes.use(`${PATH}/*`, (c, next) =>
    c.get('project').id === HOME ? next() : respond(c, notFoundPage, { status: 404 }),
  );

  routes.get(PATH, async (c) => {
    const given = c.req.query('token');
    if (given !== undefined) {
      const token = TOKEN.test(given) ? given : '';
      setCookie(c, COOKIE, token, { ...cookieOptions(c), maxAge: LIFETIME_SECONDS });
      return leadTo(c, PATH);
    }
    return (await validToken(c)) ? show(c) : showVoid(c);
  });

  routes.post(PATH, async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const token = await validToken(c);
    if (!token) return showVoid(c);
    const email = field('email').trim();
    const password = field('new_password');
    if (email === '' || password === '') {
      return show(c, email, {
        email: email === '' ? 'wrong' : undefined,
        password: password === '' ? 'missing' : undefined,
      });
    }
    try {
      await createFirstOperator(
        deps.database.forProject(HOME),
        { ...deps, project: c.get('project') },
        { token, email, password },
        c.get('origin'),
      );
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      if (error.reason === 'FirstRunLinkInvalid') return showVoid(c);
      const problem = problemOf(error);
      if (!problem) throw error;
      return show(c, email, problem);
    }
    deleteCookie(c, COOKIE, cookieOptions(c));
    return leadTo(c, `${PATH}/done`);
  });

  routes.get(`${PATH}/done`, async (c) =>
    (await firstRun.isNeeded()) ? leadTo(c, PATH) : respond(c, messagePage('done')),
  );

  routes.route(
    '/',
    judgeRoutes(deps, `${PATH}/strength`, async (c, field) =>
      (await validToken(c)) ? [field('login_id')].filter(Boolean) : undefined,
    ),
  );

  return routes;
}

function problemOf(error: LatchkeyError): Problem | undefined {
  switch (error.reason) {
    case 'PasswordPolicyViolated':
      return { password: { broken: brokenRules(error) } };
    case 'InvalidLoginID':
      return { email: 'wrong' };
    case 'InvariantViolated':
      return { email: 'taken' };
    default:
      return undefined;
  }
}

const messagePage = (words: 'done' | 'void') => (frame: Parameters<Parameters<Respond>[1]>[0]) => (
  <MessagePage
    frame={frame}
    title={frame.t(`firstRun.${words}.title`)}
    text={frame.t(`firstRun.${words}.text`)}
    action={{ href: '/portal/', label: frame.t('firstRun.continue') }}
  />
);
