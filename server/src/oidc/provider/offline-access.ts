import type { Client, KoaContextWithOIDC } from 'oidc-provider';

const OFFLINE_ACCESS = 'offline_access';

/**
 * Keeps the scope `offline_access` where an app asked for it. The library drops it unless the user was asked
 * for consent; OpenID Connect Core 1.0, section 11, lets other conditions stand for that, and here it is that
 * apps are the project's own. Runs as a check of the parameter `scope`, after the library's.
 */
export function keepOfflineAccess(ctx: KoaContextWithOIDC, scope: string | undefined, client: Client): void {
  const { scope: asked } = ctx.query;
  const wanted = typeof asked === 'string' && asked.split(' ').includes(OFFLINE_ACCESS);
  if (!wanted || !client.grantTypeAllowed('refresh_token')) return;
  const scopes = new Set(scope?.split(' '));
  if (ctx.oidc.params) ctx.oidc.params.scope = [...scopes.add(OFFLINE_ACCESS)].join(' ');
}
