import { Hono } from 'hono';
import { LatchkeyError } from '../../../platform/errors.ts';
import { recoverySubject, redeemRecovery } from '../../../recovery/index.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import { leadTo, type PageContext, type PageEnv } from '../http.ts';
import { judgeRoutes } from '../judge.ts';
import { MessagePage } from '../pages/message.tsx';
import { ResetPasswordPage } from '../pages/reset-password.tsx';
import { ActionLink, TextLink } from '../parts.tsx';
import { brokenBy, type PasswordProblem, problemOfFields, wordsForPassword } from '../password-problem.ts';
import type { RecoveryCookies } from '../recovery-cookies.ts';
import type { Respond } from '../respond.ts';
import { brokenRules, passwordRules, ruleLines } from '../rules.ts';
import { addressOf } from './login.tsx';

const PATH = '/reset-password';
const START = '/forgot-password';
const DONE = `${PATH}/done`;
const CONTINUE = `${PATH}/continue`;

/** What a token is made of, and how much of it. Mail programs add to an address, or cut it short. */
const TOKEN_CHARACTERS = /^[\w-]*/;
const TOKEN_LENGTH = 32;

/** The app that is part of the server, beside the user's own page. */
const PORTAL = 'portal';
/** Login IDs that a cookie has room for. */
const MOST_KEPT = 5;

type Unusable = 'incomplete' | 'InvalidCode' | 'UsedCode' | 'CodeExpired' | 'TooManyTries';

/**
 * The new password of somebody who shows a link, or has entered a code. The token leaves the address before anything
 * is shown; opening it uses nothing up, because mail scanners open links too.
 */
export function resetPasswordRoutes(
  deps: HostedPagesDeps,
  respond: Respond,
  cookies: RecoveryCookies,
): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();
  const dbOf = (c: PageContext) => deps.database.forProject(c.get('project').id);
  const depsOf = (c: PageContext) => ({ ...deps, project: c.get('project') });

  const show = async (c: PageContext, loginID: string, problem?: PasswordProblem) => {
    const { passwords: policy } = await deps.projects.settings(c.get('project'));
    return respond(
      c,
      (frame) => (
        <ResetPasswordPage
          frame={frame}
          action={PATH}
          judge={`${PATH}/strength`}
          loginID={loginID}
          rules={ruleLines(policy, frame.t, brokenBy(problem))}
          passwordRules={passwordRules(policy)}
          errors={wordsForPassword(frame.t, problem)}
        />
      ),
      { status: problem ? 400 : 200 },
    );
  };

  const showUnusable = (c: PageContext, why: Unusable) =>
    respond(
      c,
      (frame) => (
        <MessagePage frame={frame} title={frame.t(`reset.${why}.title`)} text={frame.t(`reset.${why}.text`)}>
          <ActionLink href={START}>{frame.t('reset.sendNew')}</ActionLink>
          <p className="mt-4 text-center text-sm">
            <TextLink href="/login">{frame.t('forgot.back')}</TextLink>
          </p>
        </MessagePage>
      ),
      { status: why === 'TooManyTries' ? 429 : 400 },
    );

  /** Whose password the token in this browser is good for, or the page that says why it is for nobody's. */
  const open = async (c: PageContext) => {
    const token = cookies.token.read(c)?.token;
    if (token === undefined) return leadTo(c, cookies.finished.read(c) ? DONE : START);
    if (token.length !== TOKEN_LENGTH) return showUnusable(c, 'incomplete');
    try {
      const { loginIDs } = await recoverySubject(dbOf(c), depsOf(c), { token }, c.get('origin'));
      return { token, loginIDs };
    } catch (error) {
      if (!isUnusable(error)) throw error;
      return showUnusable(c, error.reason);
    }
  };

  routes.get(PATH, async (c) => {
    const given = c.req.query('token');
    if (given !== undefined) {
      const [token = ''] = TOKEN_CHARACTERS.exec(given) ?? [];
      cookies.token.write(c, { token: token.slice(0, TOKEN_LENGTH + 1), loginIDs: [] });
      return leadTo(c, PATH);
    }
    const opened = await open(c);
    if (opened instanceof Response) return opened;
    const { token, loginIDs } = opened;
    cookies.token.write(c, { token, loginIDs: loginIDs.slice(0, MOST_KEPT) });
    return show(c, loginIDs[0] ?? '');
  });

  routes.post(PATH, async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const opened = await open(c);
    if (opened instanceof Response) return opened;
    const {
      token,
      loginIDs: [shown = ''],
    } = opened;
    const problem = problemOfFields(field);
    if (problem) return show(c, shown, problem);
    try {
      const input = { token, newPassword: field('new_password') };
      const done = await redeemRecovery(dbOf(c), depsOf(c), input, c.get('origin'));
      const { loginID, clientID, interactionID: uid } = done;
      cookies.token.clear(c);
      cookies.begun.clear(c);
      cookies.finished.write(c, { loginID, clientID, uid });
      cookies.typed.write(c, { loginID, uid });
      return leadTo(c, DONE);
    } catch (error) {
      if (isUnusable(error)) return showUnusable(c, error.reason);
      if (!(error instanceof LatchkeyError) || error.reason !== 'PasswordPolicyViolated') throw error;
      return show(c, shown, { broken: brokenRules(error) });
    }
  });

  routes.route(
    '/',
    // What the form was shown for: typing does not count as so many tries of the token.
    judgeRoutes(deps, `${PATH}/strength`, async (c) => {
      const loginIDs = cookies.token.read(c)?.loginIDs ?? [];
      return loginIDs.length > 0 ? [...loginIDs] : undefined;
    }),
  );

  routes.get(DONE, (c) => {
    const finished = cookies.finished.read(c);
    if (!finished) return leadTo(c, '/settings');
    const { uid } = finished;
    return respond(c, (frame) => (
      <MessagePage
        frame={frame}
        title={frame.t('reset.done.title')}
        text={frame.t('reset.done.text')}
        // Only in the browser that began the login does its own address know of it.
        action={{
          href: uid === undefined ? CONTINUE : addressOf(uid, '/resume'),
          label: frame.t('reset.done.action'),
        }}
      />
    ));
  });

  routes.get(CONTINUE, async (c) => leadTo(c, await onward(c)));

  /** To the app the recovery was begun for, at the place it names for that; otherwise to the user's own page. */
  const onward = async (c: PageContext): Promise<string> => {
    const project = c.get('project');
    const { clientID, loginID = '' } = cookies.finished.read(c) ?? {};
    const client = clientID === undefined ? undefined : await deps.oidc.clients(project).find(clientID);
    if (!client?.initiateLoginURI)
      return client?.clientURI ?? (clientID === PORTAL ? '/portal/' : '/settings');
    // OpenID Connect Core 1.0, section 4
    const address = new URL(client.initiateLoginURI);
    address.searchParams.set('iss', project.origin);
    address.searchParams.set('login_hint', loginID);
    return address.href;
  };

  return routes;
}

const isUnusable = (error: unknown): error is LatchkeyError & { reason: Exclude<Unusable, 'incomplete'> } =>
  error instanceof LatchkeyError &&
  ['InvalidCode', 'UsedCode', 'CodeExpired', 'TooManyTries'].includes(error.reason);
