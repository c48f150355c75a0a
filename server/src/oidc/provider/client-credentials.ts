import type Provider from 'oidc-provider';
import type { Library } from '../library.ts';

/**
 * Answers the client credentials grant (RFC 6749, section 4.4): a token for an app that acts for itself. In place
 * of the library's own, which grants whatever scope it is asked for: no scope stands for a right of a service
 * here, so none is granted, and a resource server that looks at scopes is never told one that nobody gave.
 */
export function grantClientCredentials({ errors }: Library, provider: Provider): void {
  provider.registerGrantType<{ scope?: string }>(
    'client_credentials',
    async (ctx) => {
      const { client, params } = ctx.oidc;
      if (params.scope) {
        throw new errors.InvalidScope('no scope is granted to an app that acts for itself', params.scope);
      }
      const token = new provider.ClientCredentials({ client });
      ctx.body = {
        access_token: await token.save(),
        expires_in: token.expiration,
        token_type: token.tokenType,
      };
    },
    ['scope'],
  );
}
