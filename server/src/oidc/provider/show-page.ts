import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Project } from '../../projects/index.ts';
import type { Audience, OidcPages, RenderedPage } from '../pages.ts';

/** What the library shows to people, drawn by our own pages. */
export interface ShownPages {
  protocolError(
    ctx: KoaContextWithOIDC,
    problem: { error: string; error_description?: string },
  ): Promise<void>;
  logoutQuestion(ctx: KoaContextWithOIDC): Promise<void>;
  signedOut(ctx: KoaContextWithOIDC): Promise<void>;
  notFound(ctx: KoaContextWithOIDC): Promise<void>;
}

function show(ctx: KoaContextWithOIDC, { html, headers }: RenderedPage): void {
  ctx.set(headers);
  ctx.body = html;
}

/** Binds the pages to a project. */
export function createShownPages(pages: OidcPages, project: Project): ShownPages {
  const audience = (ctx: KoaContextWithOIDC): Audience => {
    const uiLocales: unknown = ctx.oidc?.params?.ui_locales;
    return {
      project,
      acceptLanguage: ctx.get('accept-language') || undefined,
      uiLocales: typeof uiLocales === 'string' ? uiLocales : undefined,
    };
  };

  return {
    async protocolError(ctx, { error, error_description: description }) {
      show(ctx, await pages.protocolError(audience(ctx), { error, description }));
    },

    async logoutQuestion(ctx) {
      const { secret, postLogoutRedirectUri: target } = ctx.oidc.session?.state ?? {};
      const formTargets = typeof target === 'string' ? [target] : [];
      const form = {
        action: ctx.oidc.urlFor('end_session_confirm'),
        fields: { xsrf: String(secret) },
        confirm: { name: 'logout', value: 'yes' },
      };
      show(ctx, await pages.logoutQuestion({ ...audience(ctx), formTargets }, form));
    },

    async signedOut(ctx) {
      show(ctx, await pages.signedOut(audience(ctx)));
    },

    async notFound(ctx) {
      show(ctx, await pages.notFound(audience(ctx)));
      ctx.status = 404;
    },
  };
}
