import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMailServer, type TestMailServer } from '../../../../tests/support/smtp.ts';
import { type Mail, tryMail } from './index.ts';

const PATIENCE = { connectMs: 300, greetMs: 300, silenceMs: 300 };
const SLOWEST_MS = 600;
const MAIL: Mail = {
  from: { name: 'Acme', address: 'no-reply@acme.example' },
  to: 'ada@example.com',
  subject: 'Hello',
  html: '<p>Hello</p>',
  text: 'Hello\n',
  messageID: '<1@acme.example>',
};

let server: TestMailServer;
const listeners: Server[] = [];

beforeAll(async () => {
  server = await startMailServer(0, { user: 'mailer', password: 'hunter2!' });
});
afterAll(async () => {
  await server?.stop();
  for (const listener of listeners) listener.close();
});

/** Listens as something that is no mail server. */
async function listen(talk: (socket: Socket) => void): Promise<string> {
  const listener = createServer((socket) => {
    socket.on('error', () => {});
    socket.unref();
    talk(socket);
  });
  listeners.push(listener);
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(listener.address() as AddressInfo).port}`;
}

const as = (login: string) => server.url.replace('//', `//${login}@`);

describe('trying a mail server', () => {
  test('sends the mail where it can be sent', async () => {
    expect(await tryMail(as('mailer:hunter2!'), MAIL)).toEqual({ outcome: 'sent' });
    expect((await server.next()).recipients).toEqual(['ada@example.com']);
  });

  test('tells its own words where it refuses, without the password', async () => {
    const trial = await tryMail(as('mailer:wrong-9-password'), MAIL);
    expect(trial).toEqual({ outcome: 'refused', reply: expect.stringMatching(/^535 /) });
    server.refuse('550 5.1.1 no such user, hunter2!');
    expect(await tryMail(as('mailer:hunter2!'), MAIL)).toEqual({
      outcome: 'refused',
      reply: '550 5.1.1 no such user, [hidden]',
    });
  });

  test('says that TLS is the trouble where nobody vouches for the certificate', async () => {
    const url = `${server.url}?requireTLS=true&tls.rejectUnauthorized=true`;
    expect(await tryMail(url, MAIL)).toEqual({ outcome: 'untrusted' });
  });

  test.each<[string, () => Promise<string>]>([
    ['a closed port', async () => 'smtp://127.0.0.1:1'],
    ['a name that nothing has', async () => 'smtp://nothing.invalid'],
    ['a server that is silent', async () => `smtp://${await listen(() => {})}`],
    ['a server that is silent under TLS', async () => `smtps://${await listen(() => {})}`],
    ['a server that hangs up', async () => `smtp://${await listen((socket) => void socket.end())}`],
    ['SSH', async () => `smtp://${await listen((socket) => void socket.write('SSH-2.0-OpenSSH_9.9\r\n'))}`],
    [
      'a web server',
      async () => `smtp://${await listen((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))}`,
    ],
    [
      'a mail server without TLS, where that is to come first',
      async () => server.url.replace('smtp:', 'smtps:'),
    ],
  ])('tells %s from nothing else that is no mail server, nor sooner', async (_, address) => {
    const url = await address();
    const began = performance.now();
    expect(await tryMail(url, MAIL, PATIENCE)).toEqual({ outcome: 'unreachable' });
    // Timers may fire a part of a millisecond early.
    expect(performance.now() - began).toBeGreaterThanOrEqual(SLOWEST_MS - 2);
  });
});
