import type { ReactElement } from 'react';
import type { Secrets } from '../../platform/secrets.ts';
import { csrfToken } from './csrf.ts';
import type { PageContext } from './http.ts';
import type { PageFrame } from './model.ts';
import type { Renderer } from './renderer.tsx';

export interface PageOptions {
  status?: 200 | 400 | 401 | 403 | 404 | 409 | 413 | 415 | 429 | 500 | 503;
  headers?: Record<string, string>;
}

/** Answers a request with a page; the page's forms carry a token against forged requests. */
export type Respond = (
  c: PageContext,
  page: (frame: PageFrame) => ReactElement,
  options?: PageOptions,
) => Promise<Response>;

/** Binds the renderer to requests. */
export function createRespond(deps: { renderer: Renderer; secrets: Secrets }): Respond {
  return async (c, page, { status = 200, headers } = {}) => {
    const login = c.get('login');
    const rendered = await deps.renderer.render(
      {
        project: c.get('project'),
        acceptLanguage: c.req.header('accept-language'),
        uiLocales: login?.uiLocales,
        csrfToken: csrfToken(c, deps.secrets),
        formTargets: login?.redirectURI ? [login.redirectURI] : [],
      },
      page,
    );
    return c.body(rendered.html, status, { ...rendered.headers, ...headers });
  };
}
