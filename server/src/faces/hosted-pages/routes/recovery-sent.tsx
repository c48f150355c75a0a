import { Hono } from 'hono';
import { type Attempt, findAttempt } from '../../../codes/index.ts';
import { LatchkeyError } from '../../../platform/errors.ts';
import { proveRecoveryCode, resendRecovery } from '../../../recovery/index.ts';
import { pageOfKind } from '../begin-recovery.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import { leadTo, type PageContext, type PageEnv } from '../http.ts';
import { CheckMailPage } from '../pages/check-mail.tsx';
import { EnterCodePage } from '../pages/enter-code.tsx';
import { VoidCodePage } from '../pages/void-code.tsx';
import type { BegunRecovery, RecoveryCookies } from '../recovery-cookies.ts';
import type { PageOptions, Respond } from '../respond.ts';
import { retryAfter } from '../retry-after.ts';
import { isTooSoon, wordsForTooSoon } from '../too-soon.ts';
import { isVoidCode, problemOfTypedCode, refusalOfVoid, type VoidReason } from '../typed-code.ts';
import { secondsUntil } from '../wait.ts';
import { addressOf } from './login.tsx';

const START = '/forgot-password';
/** A recovery that this browser has begun, as it stands. */
interface Standing {
  begun: BegunRecovery;
  attempt: Attempt;
  /** How long what was sent is good for. */
  lifetimeSeconds: number;
}

interface Shown {
  refused?: LatchkeyError;
  wrong?: 'missing' | 'notDigits' | 'wrong';
}

/**
 * The pages between asking for a link or a code and the new password. They tell nothing that depends on whether
 * there is an account.
 */
export function recoverySentRoutes(
  deps: HostedPagesDeps,
  respond: Respond,
  cookies: RecoveryCookies,
): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();
  const dbOf = (c: PageContext) => deps.database.forProject(c.get('project').id);
  const depsOf = (c: PageContext) => ({ ...deps, project: c.get('project') });

  /** The recovery that this page of it belongs to, or the way to the page it stands at. */
  const stand = async (c: PageContext, kind: Attempt['kind']): Promise<Standing | Response> => {
    const begun = cookies.begun.read(c);
    const id = begun?.attemptID;
    const attempt = id && (await findAttempt(dbOf(c), { purpose: 'recovery', id }));
    if (!begun || !attempt) return leadTo(c, START);
    if (begun.proved) return leadTo(c, '/reset-password');
    if (attempt.kind !== kind) return leadTo(c, pageOfKind(attempt.kind));
    // It is spoken in the language of the login it was begun in.
    if (begun.login) c.set('login', begun.login);
    const { recovery } = await deps.projects.settings(c.get('project'));
    const minutes = kind === 'link' ? recovery.link_lifetime_minutes : recovery.code_lifetime_minutes;
    return { begun, attempt, lifetimeSeconds: minutes * SECONDS_IN_MINUTE };
  };

  const common = ({ begun, attempt, lifetimeSeconds }: Standing) => ({
    action: pageOfKind(attempt.kind),
    back: begun.login ? addressOf(begun.login.uid) : '/login',
    another: begun.login ? addressOf(begun.login.uid, START) : START,
    loginID: begun.loginID,
    lifetimeSeconds,
    secondsLeft: secondsUntil(attempt.resendAt, deps.clock),
    sentAgain: begun.sentAgain,
  });

  const showMail = (c: PageContext, standing: Standing, { refused }: Shown = {}, options?: PageOptions) =>
    respond(
      c,
      (frame) => (
        <CheckMailPage
          {...common(standing)}
          frame={frame}
          alert={refused && wordsForTooSoon(frame.t, refused)}
        />
      ),
      options,
    );

  const showCode = (c: PageContext, standing: Standing, shown: Shown = {}, options?: PageOptions) => {
    const { refused, wrong } = shown;
    const count = standing.attempt.triesLeft;
    return respond(
      c,
      (frame) => (
        <EnterCodePage
          {...common(standing)}
          frame={frame}
          alert={refused && wordsForTooSoon(frame.t, refused)}
          error={wrong && frame.t(`enterCode.${wrong}`, { count })}
        />
      ),
      options,
    );
  };

  const showVoid = (c: PageContext, standing: Standing, reason: VoidReason, options?: PageOptions) => {
    const { action, back, secondsLeft } = common(standing);
    return respond(
      c,
      (frame) => (
        <VoidCodePage
          frame={frame}
          action={action}
          back={back}
          secondsLeft={secondsLeft}
          title={frame.t(`enterCode.${reason}.title`)}
          text={frame.t(`enterCode.${reason}.text`)}
        />
      ),
      options,
    );
  };

  const resend = async (c: PageContext, standing: Standing, show: typeof showMail) => {
    const {
      begun,
      attempt: { id },
    } = standing;
    try {
      const attempt = await resendRecovery(dbOf(c), depsOf(c), { id }, c.get('origin'));
      cookies.begun.write(c, { ...begun, attemptID: attempt.id, sentAgain: true, proved: undefined });
      return leadTo(c, pageOfKind(attempt.kind));
    } catch (error) {
      // It is over: another one is another recovery.
      if (isOver(error)) return leadTo(c, common(standing).another);
      if (!isTooSoon(error)) throw error;
      return show(c, standing, { refused: error }, { status: 429, headers: retryAfter(error) });
    }
  };

  const prove = async (c: PageContext, standing: Standing, typed: string) => {
    const { begun, attempt } = standing;
    const wrong = problemOfTypedCode(typed);
    if (wrong) return showCode(c, standing, { wrong }, { status: 400 });
    try {
      const code = { attemptID: attempt.id, code: typed };
      const { token } = await proveRecoveryCode(dbOf(c), depsOf(c), code, c.get('origin'));
      cookies.token.write(c, { token, loginIDs: [] });
      cookies.begun.write(c, { ...begun, proved: true });
      return leadTo(c, '/reset-password');
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      if (isVoidCode(error.reason)) return showVoid(c, standing, error.reason, refusalOfVoid(error.reason));
      if (error.reason !== 'InvalidCode') throw error;
      const now = await stand(c, 'code');
      if (now instanceof Response) return now;
      return now.attempt.triesLeft > 0
        ? showCode(c, now, { wrong: 'wrong' }, { status: 400 })
        : showVoid(c, now, 'TooManyTries', refusalOfVoid('TooManyTries'));
    }
  };

  routes.get(pageOfKind('link'), async (c) => {
    const standing = await stand(c, 'link');
    return standing instanceof Response ? standing : showMail(c, standing);
  });

  routes.post(pageOfKind('link'), async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const standing = await stand(c, 'link');
    return standing instanceof Response ? standing : resend(c, standing, showMail);
  });

  routes.get(pageOfKind('code'), async (c) => {
    const standing = await stand(c, 'code');
    if (standing instanceof Response) return standing;
    const { attempt } = standing;
    if (attempt.triesLeft <= 0) return showVoid(c, standing, 'TooManyTries');
    if (attempt.expiresAt <= deps.clock.now()) return showVoid(c, standing, 'CodeExpired');
    return showCode(c, standing);
  });

  routes.post(pageOfKind('code'), async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const standing = await stand(c, 'code');
    if (standing instanceof Response) return standing;
    return field('resend') === '' ? prove(c, standing, field('code')) : resend(c, standing, showCode);
  });

  return routes;
}

const SECONDS_IN_MINUTE = 60;

const isOver = (error: unknown): boolean =>
  error instanceof LatchkeyError && (error.reason === 'UsedCode' || error.reason === 'InvalidCode');
