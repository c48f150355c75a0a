import { Hono } from 'hono';
import { type Attempt, findAttempt } from '../../../codes/index.ts';
import { proveSignupCode, resendSignupCode, type SignupState } from '../../../login/index.ts';
import { LatchkeyError } from '../../../platform/errors.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import type { PageContext, PageEnv } from '../http.ts';
import { SignupCodePage } from '../pages/signup-code.tsx';
import { VoidCodePage } from '../pages/void-code.tsx';
import type { PendingLogin } from '../ports.ts';
import type { PageOptions, Respond } from '../respond.ts';
import { retryAfter } from '../retry-after.ts';
import { isTooSoon, wordsForTooSoon } from '../too-soon.ts';
import { isVoidCode, problemOfTypedCode, refusalOfVoid, type VoidReason } from '../typed-code.ts';
import { secondsUntil } from '../wait.ts';
import { addressOf } from './login.tsx';
import type { SignupDesk } from './signup-desk.ts';

/** A sign-up that waits for its code. */
interface Waiting {
  login: PendingLogin;
  address: string;
  attempt: Attempt;
}

interface Shown {
  wrong?: 'missing' | 'notDigits' | 'wrong';
  refused?: LatchkeyError;
}

/** The page on which a sign-up proves its address. What it tells does not depend on whether there is an account. */
export function signupCodeRoutes(deps: HostedPagesDeps, respond: Respond, desk: SignupDesk): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();
  const PATH = '/login/:uid/signup/code';

  /** The sign-up that waits here, or the way to where it stands. */
  const stand = async (c: PageContext): Promise<Waiting | Response> => {
    const entered = await desk.enter(c);
    if (entered instanceof Response) return entered;
    const { login, state } = entered;
    const { step, signup } = state;
    if (step !== 'code' || !signup) return desk.advance(c, login, state);
    const attempt = await findAttempt(desk.dbOf(c), { purpose: 'signup', id: signup.attemptID });
    if (!attempt) return desk.advance(c, login, { ...state, step: 'address' });
    return { login, address: signup.address.original, attempt };
  };

  /** In whole minutes: the worker takes its moment before the time begins. */
  const lifetimeSeconds = ({ createdAt, expiresAt }: Attempt): number =>
    Math.floor((expiresAt.getTime() - createdAt.getTime()) / MINUTE_MS) * 60;

  const show = (c: PageContext, waiting: Waiting, { wrong, refused }: Shown = {}, options?: PageOptions) => {
    const { login, address, attempt } = waiting;
    return respond(
      c,
      (frame) => (
        <SignupCodePage
          frame={frame}
          action={addressOf(login.uid, '/signup/code')}
          another={addressOf(login.uid, '/signup')}
          address={address}
          lifetimeSeconds={lifetimeSeconds(attempt)}
          secondsLeft={secondsUntil(attempt.resendAt, deps.clock)}
          alert={refused && wordsForTooSoon(frame.t, refused)}
          error={wrong && frame.t(`enterCode.${wrong}`, { count: attempt.triesLeft })}
        />
      ),
      options,
    );
  };

  const showVoid = (c: PageContext, waiting: Waiting, reason: VoidReason, options?: PageOptions) => {
    const { login, attempt } = waiting;
    return respond(
      c,
      (frame) => (
        <VoidCodePage
          frame={frame}
          action={addressOf(login.uid, '/signup/code')}
          back={addressOf(login.uid)}
          secondsLeft={secondsUntil(attempt.resendAt, deps.clock)}
          title={frame.t(`enterCode.${reason}.title`)}
          text={frame.t(`enterCode.${reason}.text`)}
        />
      ),
      options,
    );
  };

  const prove = async (c: PageContext, waiting: Waiting, typed: string): Promise<Response> => {
    const problem = problemOfTypedCode(typed);
    if (problem) return show(c, waiting, { wrong: problem }, { status: 400 });
    let state: SignupState;
    try {
      const input = { interactionID: waiting.login.uid, code: typed };
      state = await proveSignupCode(desk.dbOf(c), desk.depsOf(c), input, c.get('origin'));
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      if (isVoidCode(error.reason)) return showVoid(c, waiting, error.reason, refusalOfVoid(error.reason));
      if (error.reason !== 'InvalidCode') throw error;
      const now = await stand(c);
      if (now instanceof Response) return now;
      return now.attempt.triesLeft > 0
        ? show(c, now, { wrong: 'wrong' }, { status: 400 })
        : showVoid(c, now, 'TooManyTries', refusalOfVoid('TooManyTries'));
    }
    return desk.advance(c, waiting.login, state);
  };

  const resend = async (c: PageContext, waiting: Waiting): Promise<Response> => {
    let state: SignupState;
    try {
      const input = { interactionID: waiting.login.uid, locale: desk.localeOf(c) };
      state = await resendSignupCode(desk.dbOf(c), desk.depsOf(c), input, c.get('origin'));
    } catch (error) {
      if (!isTooSoon(error)) throw error;
      return show(c, waiting, { refused: error }, { status: 429, headers: retryAfter(error) });
    }
    return desk.advance(c, waiting.login, state);
  };

  routes.get(PATH, async (c) => {
    const waiting = await stand(c);
    if (waiting instanceof Response) return waiting;
    const { attempt } = waiting;
    if (attempt.triesLeft <= 0) return showVoid(c, waiting, 'TooManyTries');
    if (attempt.expiresAt <= deps.clock.now()) return showVoid(c, waiting, 'CodeExpired');
    return show(c, waiting);
  });

  routes.post(PATH, async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const waiting = await stand(c);
    if (waiting instanceof Response) return waiting;
    return field('resend') === '' ? prove(c, waiting, field('code')) : resend(c, waiting);
  });

  return routes;
}

const MINUTE_MS = 60_000;
