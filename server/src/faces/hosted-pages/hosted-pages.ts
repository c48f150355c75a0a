import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { routePath } from 'hono/route';
import type { HostedPagesDeps } from './deps.ts';
import type { PageContext, PageEnv } from './http.ts';
import { limitForms } from './limit-forms.ts';
import { problemPage } from './pages/problems.tsx';
import { recoveryCookies } from './recovery-cookies.ts';
import { createRespond } from './respond.ts';
import { changePasswordRoutes } from './routes/change-password.tsx';
import { firstRunRoutes } from './routes/first-run.tsx';
import { forgotPasswordRoutes } from './routes/forgot-password.tsx';
import { createLoginDesk, loginRoutes } from './routes/login.tsx';
import { recoveryDestinationRoutes } from './routes/recovery-destination.tsx';
import { recoverySentRoutes } from './routes/recovery-sent.tsx';
import { resetPasswordRoutes } from './routes/reset-password.tsx';
import { settingsRoutes } from './routes/settings.tsx';
import { settingsPasswordRoutes } from './routes/settings-password.tsx';
import { settingsSessionsRoutes } from './routes/settings-sessions.tsx';
import { signupRoutes } from './routes/signup.tsx';
import { signupCodeRoutes } from './routes/signup-code.tsx';
import { createSignupDesk } from './routes/signup-desk.ts';
import { signupPasswordRoutes } from './routes/signup-password.tsx';

export type HostedPages = Hono<PageEnv>;

/**
 * Puts the hosted pages together. The app mounts them at `/` behind a step that sets `project` (found by the
 * host) and `origin` (who asks); what they do not answer falls through to its own last resort.
 */
export function createHostedPages(deps: HostedPagesDeps): HostedPages {
  const respond = createRespond(deps);
  const desk = createLoginDesk(deps, respond);
  const signup = createSignupDesk(deps, respond, desk);
  const cookies = recoveryCookies(deps);
  const pages = new Hono<PageEnv>();
  pages.use(limitForms(deps));
  pages.route('/', loginRoutes(deps, respond, desk, cookies));
  pages.route('/', changePasswordRoutes(deps, respond, desk));
  pages.route('/', signupRoutes(deps, respond, signup));
  pages.route('/', signupCodeRoutes(deps, respond, signup));
  pages.route('/', signupPasswordRoutes(deps, respond, signup));
  pages.route('/', forgotPasswordRoutes(deps, respond, desk, cookies));
  pages.route('/', recoveryDestinationRoutes(deps, respond, cookies));
  pages.route('/', recoverySentRoutes(deps, respond, cookies));
  pages.route('/', resetPasswordRoutes(deps, respond, cookies));
  pages.route('/', settingsRoutes(deps, respond));
  pages.route('/', settingsPasswordRoutes(deps, respond));
  pages.route('/', settingsSessionsRoutes(deps, respond));
  pages.route('/', firstRunRoutes(deps, respond));

  pages.onError(async (error, c) => {
    const id = randomUUID();
    const problem = problemPage(error, backFrom(c), id);
    if (problem.isFailure) deps.log.error({ err: error, id, path: routePath(c) }, 'page failed');
    try {
      return await respond(c, problem.page, problem.options);
    } catch {
      // The project's own looks cannot be read either: the page is shown in ours.
      const plain = await deps.renderer.render(
        { acceptLanguage: c.req.header('accept-language') },
        problem.page,
      );
      const { status, headers } = problem.options;
      return c.body(plain.html, status, { ...plain.headers, ...headers });
    }
  });
  return pages;
}

/** The address to open again: a form posts to its own page, the other posts lead to the page above them. */
const backFrom = (c: PageContext): string =>
  new URL(c.req.url).pathname.replace(/\/(start|start-over|sign-out|end|end-others)$/, '');
