import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OidcServer, oidcServer } from '../../../tests/support/oidc.ts';
import type { Acting } from '../audit/index.ts';

const MOST = 300;
const acting: Acting = { actor: { type: 'command_line' }, origin: {} };

let server: OidcServer;
let robot: { clientID: string; clientSecret?: string };

beforeAll(async () => {
  server = await oidcServer();
  const clients = server.processes[0].clients(await server.project());
  robot = await clients.create({ name: 'Robot', type: 'm2m', redirectURIs: [] }, acting);
});
afterAll(() => server.stop());

async function ask(path: string, clientSecret: string): Promise<Response> {
  const { origin } = await server.project();
  const basic = Buffer.from(`${robot.clientID}:${clientSecret}`).toString('base64');
  return server.fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(
      /token/i.test(path) ? { grant_type: 'client_credentials' } : { token: 'whatever' },
    ).toString(),
  });
}

const right = (path: string) => ask(path, robot.clientSecret ?? '');

describe('apps that cannot prove themselves', () => {
  it('are held off past the limit, in every process, and the right secret with them', async () => {
    const paths = ['/oauth2/token', '/oauth2/introspect', '/oauth2/revoke'];
    for (let sent = 0; sent < MOST; sent += 30) {
      const some = Array.from({ length: 30 }, (_, index) => ask(paths[index % 3] as string, 'wrong'));
      for (const { status } of await Promise.all(some)) expect(status).toBe(401);
    }
    expect((await right('/oauth2/token')).status).toBe(200);

    const refused = await ask('/oauth2/token', 'wrong');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: 'invalid_client' });
    for (const path of paths) expect((await right(path)).status).toBe(429);

    server.switchProcess(1);
    expect((await ask('/oauth2/introspect', 'wrong')).status).toBe(429);
    expect((await right('/oauth2/token')).status).toBe(429);

    server.clock.advance(5 * 60_000);
    expect((await right('/oauth2/token')).status).toBe(200);
    expect((await ask('/oauth2/token', 'wrong')).status).toBe(401);
  });

  it('also under the other spellings that an endpoint answers to', async () => {
    const spellings = ['/oauth2/token/', '/oauth2/TOKEN', '/oauth2/Introspect/'];
    server.clock.advance(5 * 60_000);
    for (let sent = 0; sent < MOST; sent += 30) {
      const some = Array.from({ length: 30 }, (_, index) => ask(spellings[index % 3] as string, 'wrong'));
      for (const { status } of await Promise.all(some)) expect(status).toBe(401);
    }
    expect((await ask('/oauth2/token/', 'wrong')).status).toBe(429);
    for (const path of spellings) expect((await ask(path, 'wrong')).status).toBe(429);
  });
});
