import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';

/** What an app was told at its address for back-channel logout. */
export interface ToldLogout {
  /** Of the address; a test gives each app its own. */
  path: string;
  contentType?: string;
  token: string;
}

/** The server of apps that are told of logouts. */
export interface LogoutReceiver {
  /** An address of it. */
  at(path: string): string;
  /** The oldest first, also what it did not take. */
  told: ToldLogout[];
  /** Answers the next ones with these before it takes any again. */
  answer(...answers: { status: number; headers?: Record<string, string> }[]): void;
  stop(): Promise<void>;
}

/** Starts it on the loopback. */
export async function startLogoutReceiver(): Promise<LogoutReceiver> {
  const told: ToldLogout[] = [];
  const answers: { status: number; headers?: Record<string, string> }[] = [];
  const server = createServer(async (request, response) => {
    const body = new URLSearchParams(await text(request));
    const { status, headers } = answers.shift() ?? { status: 200 };
    told.push({
      path: request.url ?? '',
      contentType: request.headers['content-type'],
      token: body.get('logout_token') ?? '',
    });
    response.writeHead(status, headers).end('what an app says is not read');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    at: (path) => `http://127.0.0.1:${port}${path}`,
    told,
    answer: (...more) => void answers.push(...more),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Verifies a logout token as an app does (OpenID Connect Back-Channel Logout 1.0, section 2.6), and returns its
 * claims.
 */
export async function verifyLogoutToken(
  token: string,
  { keys, issuer, clientID, now }: { keys: JSONWebKeySet; issuer: string; clientID: string; now?: Date },
): Promise<JWTPayload & { sid: string }> {
  const { payload } = await jwtVerify<{ sid: string; nonce?: string; events?: Record<string, unknown> }>(
    token,
    createLocalJWKSet(keys),
    {
      issuer,
      audience: clientID,
      algorithms: ['RS256'],
      typ: 'logout+jwt',
      requiredClaims: ['iat', 'exp', 'jti', 'sub', 'sid', 'events'],
      currentDate: now,
    },
  );
  if (JSON.stringify(payload.events) !== '{"http://schemas.openid.net/event/backchannel-logout":{}}') {
    throw new Error('the token says of no logout');
  }
  if ('nonce' in payload) throw new Error('a logout token holds no nonce');
  return payload;
}
