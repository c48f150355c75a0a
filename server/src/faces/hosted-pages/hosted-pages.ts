import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { LatchkeyError } from '../../platform/errors.ts';
import { assetRoutes } from './assets.ts';
import type { HostedPagesDeps } from './deps.ts';
import type { PageContext, PageEnv } from './http.ts';
import { problemPage } from './pages/problems.tsx';
import { createRespond } from './respond.ts';
import { changePasswordRoutes } from './routes/change-password.tsx';
import { firstRunRoutes } from './routes/first-run.tsx';
import { createLoginDesk, loginRoutes } from './routes/login.tsx';
import { settingsRoutes } from './routes/settings.tsx';

export type HostedPages = Hono<PageEnv>;

/**
 * Puts the hosted pages together. The app mounts them at `/` behind a step that sets `project` (found by the
 * host) and `origin` (who asks); what they do not answer falls through to its own last resort.
 */
export function createHostedPages(deps: HostedPagesDeps): HostedPages {
  const respond = createRespond(deps);
  const desk = createLoginDesk(deps, respond);
  const pages = new Hono<PageEnv>();
  pages.route('/', assetRoutes(deps.assets));
  pages.route('/', loginRoutes(deps, respond, desk));
  pages.route('/', changePasswordRoutes(deps, respond, desk));
  pages.route('/', settingsRoutes(deps, respond));
  pages.route('/', firstRunRoutes(deps, respond));
  pages.onError((error, c) => {
    const id = randomUUID();
    if (!(error instanceof LatchkeyError))
      deps.log.error({ err: error, id, path: c.req.routePath }, 'page failed');
    const context = c as PageContext;
    const problem = problemPage(error, backFrom(context), id);
    return respond(context, problem.page, problem.options);
  });
  return pages;
}

/** The address to open again: a form posts to its own page, the other posts lead to the page above them. */
function backFrom(c: PageContext): string {
  const path = new URL(c.req.url).pathname;
  return path.replace(/\/(strength|start-over|sign-out)$/, '');
}
