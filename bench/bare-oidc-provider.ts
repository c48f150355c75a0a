import { createServer } from 'node:http';
import { argv, stdout } from 'node:process';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

/**
 * The reference of the tokens bench, in a process of its own: oidc-provider with its in-memory adapter, set up as
 * ours is. Argument: the port. Says `ready` on standard output; `/seed?count=N` makes N sign-ins, each with a
 * grant of its own, for the adapter keeps a thousand things and no more.
 */
const origin = `http://localhost:${argv[2]}`;
const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const scope = 'openid email offline_access';
const secret = 'a-secret-of-the-bench-and-nothing-else';

const provider = new Provider(origin, {
  jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'bench', alg: 'RS256', use: 'sig' }] },
  clients: [
    { client_id: 'web', client_secret: secret, redirect_uris: ['https://app.example/callback'] },
    {
      client_id: 'm2m',
      client_secret: secret,
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
    },
  ].map((client) => ({ grant_types: ['authorization_code', 'refresh_token'], ...client })),
  cookies: { keys: [secret] },
  rotateRefreshToken: true,
  claims: { openid: ['sub', 'auth_time', 'amr'], email: ['email', 'email_verified'] },
  findAccount: (_ctx, sub) => ({
    accountId: sub,
    claims: () => ({ sub, email: 'bench@example.com', email_verified: true }),
  }),
  ttl: { AccessToken: 1_800, ClientCredentials: 1_800, RefreshToken: 86_400, Grant: 86_400, IdToken: 3_600 },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
  },
});

async function signIn(): Promise<{ refreshToken: string; accessToken: string }> {
  const client = await provider.Client.find('web');
  if (!client) throw new Error('the bench has its app');
  const accountId = 'bench';
  const grant = new provider.Grant({ accountId, clientId: client.clientId });
  grant.addOIDCScope(scope);
  const given = {
    accountId,
    client,
    grantId: await grant.save(),
    gty: 'authorization_code',
    scope,
    claims: {},
    authTime: Math.floor(Date.now() / 1_000),
    amr: ['pwd'],
  };
  return {
    refreshToken: await new provider.RefreshToken(given).save(),
    accessToken: await new provider.AccessToken(given).save(),
  };
}

const answer = provider.callback();
createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', origin);
  if (url.pathname !== '/seed') return answer(request, response);
  const count = Number(url.searchParams.get('count'));
  const seeds = await Promise.all(Array.from({ length: count }, signIn));
  return response.end(JSON.stringify(seeds));
}).listen(Number(argv[2]), '127.0.0.1', () => stdout.write('ready\n'));
