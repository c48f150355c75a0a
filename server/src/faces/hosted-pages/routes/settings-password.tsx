import { Hono } from 'hono';
import { changeOwnPassword } from '../../../login/index.ts';
import { keepTokens } from '../../../oidc/index.ts';
import { passwordOf } from '../../../passwords/index.ts';
import { LatchkeyError } from '../../../platform/errors.ts';
import { userStore } from '../../../users/index.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import { leadTo, type PageContext, type PageEnv } from '../http.ts';
import { judgeRoutes } from '../judge.ts';
import { type OwnAccount, requireOwnAccount } from '../own-account.ts';
import { MessagePage } from '../pages/message.tsx';
import { SettingsPasswordPage } from '../pages/settings-password.tsx';
import { brokenBy, type PasswordProblem, problemOfFields, wordsForPassword } from '../password-problem.ts';
import type { PageOptions, Respond } from '../respond.ts';
import { retryAfter } from '../retry-after.ts';
import { brokenRules, passwordRules, ruleLines } from '../rules.ts';
import { waitWords } from '../wait.ts';

const PATH = '/settings/password';

interface Problem {
  current?: 'missing' | 'wrong';
  password?: PasswordProblem;
  /** Too many tries, or too many others: the error that says how long to wait. */
  blocked?: LatchkeyError;
}

/** The user changes their own password, which they have to know. */
export function settingsPasswordRoutes(deps: HostedPagesDeps, respond: Respond): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();
  const dbOf = (c: PageContext) => deps.database.forProject(c.get('project').id);

  const loginIDsOf = async (c: PageContext, { user }: OwnAccount): Promise<string[]> =>
    (await userStore(dbOf(c)).identitiesOf(user.id)).map(({ original }) => original);

  const show = async (
    c: PageContext,
    account: OwnAccount,
    problem: Problem = {},
    options?: PageOptions,
    endOthers = true,
  ) => {
    if (!(await passwordOf(dbOf(c), account.user.id))) return respond(c, noPasswordPage);
    const { passwords: policy } = await deps.projects.settings(c.get('project'));
    const [loginID = ''] = await loginIDsOf(c, account);
    return respond(
      c,
      (frame) => (
        <SettingsPasswordPage
          frame={frame}
          action={PATH}
          judge={`${PATH}/strength`}
          loginID={loginID}
          rules={ruleLines(policy, frame.t, brokenBy(problem.password))}
          passwordRules={passwordRules(policy)}
          endOthers={endOthers}
          alert={alertOf(frame, problem)}
          errors={{
            currentPassword: problem.current && frame.t(`settings.password.${problem.current}`),
            ...wordsForPassword(frame.t, problem.password),
          }}
        />
      ),
      options,
    );
  };

  routes.get(PATH, async (c) => {
    const account = await requireOwnAccount(deps, c, 'password');
    return account instanceof Response ? account : show(c, account);
  });

  routes.post(PATH, async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const account = await requireOwnAccount(deps, c, 'password');
    if (account instanceof Response) return account;
    const endOthers = field('end_others') === 'yes';
    const refuse = (problem: Problem, options: PageOptions = { status: 400 }) =>
      show(c, account, problem, options, endOthers);

    const currentPassword = field('current_password');
    const password = problemOfFields(field);
    if (currentPassword === '' || password) {
      return refuse({ current: currentPassword === '' ? 'missing' : undefined, password });
    }
    const { sessionUID, sessionEpoch } = account.session;
    const change = { userID: account.user.id, sessionUID, sessionEpoch, currentPassword, endOthers };
    try {
      await changeOwnPassword(
        dbOf(c),
        { ...deps, project: c.get('project') },
        { ...change, newPassword: field('new_password') },
        c.get('origin'),
        (tx) => keepTokens(tx, deps, sessionUID),
      );
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      switch (error.reason) {
        case 'InvalidCredentials':
          return refuse({ current: 'wrong' });
        case 'PasswordPolicyViolated':
          return refuse({ password: { broken: brokenRules(error) } });
        case 'RateLimited':
        case 'AccountLockout':
          return refuse({ blocked: error }, { status: 429, headers: retryAfter(error) });
        case 'HashingQueueFull':
          return refuse({ blocked: error }, { status: 503, headers: retryAfter(error) });
        case 'PasswordChangedMeanwhile':
          return leadTo(c, PATH);
        default:
          throw error;
      }
    }
    await deps.oidc.renewSession(c.get('project'), c.env.incoming, c.env.outgoing);
    return leadTo(c, `${PATH}/changed${endOthers ? '?everywhere' : ''}`);
  });

  routes.get(`${PATH}/changed`, (c) => {
    const text = c.req.query('everywhere') === undefined ? 'stayed' : 'ended';
    return respond(c, (frame) => (
      <MessagePage
        frame={frame}
        title={frame.t('settings.password.changed')}
        text={frame.t(`settings.password.${text}`)}
        action={{ href: '/settings', label: frame.t('settings.back') }}
      />
    ));
  });

  routes.route(
    '/',
    judgeRoutes(deps, `${PATH}/strength`, async (c) => {
      const account = await requireOwnAccount(deps, c);
      return account instanceof Response ? undefined : loginIDsOf(c, account);
    }),
  );

  return routes;
}

type Frame = Parameters<Parameters<Respond>[1]>[0];

/** Setting a first password takes a proof that the account is theirs, which only a recovery asks for. */
const noPasswordPage = (frame: Frame) => (
  <MessagePage
    frame={frame}
    title={frame.t('settings.password.title')}
    text={frame.t('settings.password.none')}
    action={{ href: '/forgot-password', label: frame.t('settings.password.set') }}
  />
);

function alertOf({ t }: Frame, { blocked }: Problem): string | undefined {
  if (!blocked) return undefined;
  if (blocked.reason === 'HashingQueueFull') return t('busy.text');
  return blocked.reason === 'AccountLockout'
    ? t('settings.password.locked')
    : t('settings.password.tooMany', { wait: waitWords(t, blocked) });
}
