import { type AddressInfo, createServer } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMailServer, type TestMailServer } from '../../../../tests/support/smtp.ts';
import { headerText } from './header-text.ts';
import { type Mail, presentReason, sendMail, verifyMailServer } from './index.ts';
import { parseServerAddress } from './server-address.ts';

let server: TestMailServer;
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(() => server?.stop());

const mail = (more: Partial<Mail> = {}): Mail => ({
  from: { name: 'Acme', address: 'no-reply@acme.example' },
  to: 'ada@example.com',
  subject: 'Hello',
  html: '<p>Hello</p>',
  text: 'Hello\n',
  messageID: '<1@acme.example>',
  ...more,
});

test('a text that goes into a header has no end of line in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(headerText(text)).not.toMatch(/[\p{Cc}\u2028\u2029\p{Cs}]/u);
    }),
  );
  expect(headerText('Acme\r\nBcc: eve@evil.example')).toBe('Acme Bcc: eve@evil.example');
});

describe('a mail', () => {
  test('keeps the lines of its text as they are, long ones too', async () => {
    const text = `${'word '.repeat(40)}\n two  blanks and one at the end \n.\nFrom here\n`;
    await sendMail(server.url, mail({ text }), []);
    const { parsed, raw } = await server.next();
    expect(parsed.text).toBe(text);
    expect(raw).not.toContain('format=flowed');
  });

  test('has the headers it should have, and no other, whatever its words hold', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .tuple(fc.string(), fc.constantFrom('\r\n', '\n', '\r', '\u2028', '\0', '\x85'), fc.string())
        .map(([before, middle, after]) => `${before}${middle}Bcc: eve@evil.example${middle}${after}`),
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (subject, name) => {
        const sent = await sendMail(
          server.url,
          mail({ subject, from: { name, address: 'no-reply@acme.example' } }),
          [],
        );
        expect(sent).toEqual({ outcome: 'sent' });
        const { parsed, recipients } = await server.next();
        expect(recipients).toEqual(['ada@example.com']);
        const known = [
          'from',
          'to',
          'subject',
          'message-id',
          'auto-submitted',
          'date',
          'mime-version',
          'content-type',
        ];
        expect([...parsed.headers.keys()].filter((header) => !known.includes(header))).toEqual([]);
        expect(parsed.from?.value.map(({ address }) => address)).toEqual(['no-reply@acme.example']);
        expect(parsed.messageId).toBe('<1@acme.example>');
        expect(parsed.text).toBe('Hello\n');
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    'ada@example.com, eve@evil.example',
    'ada@example.com eve@evil.example',
    'Ada <ada@example.com>',
    'ada@example.com\r\nRCPT TO:<eve@evil.example>',
    '"ada\u0000"@example.com',
    'group: eve@evil.example;',
    'nobody',
    '',
  ])('is not sent to %j, which is not one address', async (to) => {
    const before = server.arrived.length;
    expect(await sendMail(server.url, mail({ to }), [])).toMatchObject({ outcome: 'permanent' });
    expect(server.arrived).toHaveLength(before);
  });

  test.each(['ada@bücher.example', 'müller@example.com', "o'hara+x=y@example.com"])(
    'reaches %s',
    async (to) => {
      expect(await sendMail(server.url, mail({ to }), [])).toEqual({ outcome: 'sent' });
      await server.next();
    },
  );

  test.each(['no-reply@localhost', 'no-reply@[127.0.0.1]', 'no-reply@[IPv6:::1]'])(
    'can come from %s',
    async (address) => {
      const result = await sendMail(server.url, mail({ from: { name: 'Acme', address } }), []);
      expect(result).toEqual({ outcome: 'sent' });
      const { parsed } = await server.next();
      expect(parsed.from?.text.toLowerCase()).toContain(address.toLowerCase());
    },
  );
});

describe('what a server answers', () => {
  test.each([
    ['421 closing', 'temporary'],
    ['450 greylisted', 'temporary'],
    ['452 full', 'temporary'],
    ['550 no such user', 'permanent'],
    ['554 refused', 'permanent'],
  ])('%s is %s', async (reply, outcome) => {
    server.refuse(reply);
    expect(await sendMail(server.url, mail(), [])).toEqual({ outcome, reason: reply });
  });

  test('nothing is temporary', async () => {
    const gone = await startMailServer();
    await gone.stop();
    const result = await sendMail(gone.url, mail(), []);
    expect(result).toMatchObject({ outcome: 'temporary', reason: expect.stringContaining('ECONNREFUSED') });
  });

  test('is not told where it is none of SMTP', async () => {
    const ssh = createServer((socket) => {
      socket.on('error', () => {});
      socket.write('SSH-2.0-OpenSSH_9.9\r\n');
    });
    await new Promise<void>((resolve) => ssh.listen(0, '127.0.0.1', resolve));
    const url = `smtp://127.0.0.1:${(ssh.address() as AddressInfo).port}`;
    const reason = 'what answers there does not speak SMTP';
    expect(await sendMail(url, mail(), [])).toEqual({ outcome: 'temporary', reason });
    expect(await verifyMailServer(url)).toBe(reason);
    ssh.close();
  });

  test('is never told with the password of the mail server in it', async () => {
    const url = server.url.replace('//', '//user:hunter2%21@');
    server.refuse('550 go away, user hunter2!');
    expect(await sendMail(url, mail(), [])).toMatchObject({
      reason: expect.not.stringContaining('hunter2!'),
    });
  });
});

describe('verifying a server', () => {
  test('finds nothing wrong where it answers', async () => {
    expect(await verifyMailServer(server.url)).toBeUndefined();
  });

  test('says what is wrong, without the password', async () => {
    const refused = await verifyMailServer(server.url.replace('//', '//user:hunter2%21@'));
    expect(refused).toMatch(/^535 /);
    const gone = await startMailServer();
    await gone.stop();
    const url = gone.url.replace('//', '//user:hunter2%21@');
    expect(await verifyMailServer(url)).toContain('ECONNREFUSED');
  });
});

describe('a reason', () => {
  test('holds no secret, however the server spells it', () => {
    const secret = 'Pass wörd!';
    const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
    const words = `550 ${secret} ${base64} ${encodeURIComponent(secret)}`;
    expect(presentReason(words, [secret])).toBe('550 [hidden] [hidden] [hidden]');
  });

  test('is one short line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (words) => {
        const reason = presentReason(words, []);
        expect(reason.length).toBeLessThanOrEqual(501);
        expect(reason).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
    expect(presentReason('450-greylisted\r\n450 try later', [])).toBe('450-greylisted 450 try later');
  });
});

describe('the address of a server', () => {
  test('says how to reach it', () => {
    expect(parseServerAddress('smtp://me%40x:p%40ss@mail.example')).toEqual({
      host: 'mail.example',
      port: 587,
      secure: false,
      requireTLS: true,
      tls: { rejectUnauthorized: true },
      auth: { user: 'me@x', pass: 'p@ss' },
    });
    expect(parseServerAddress('smtps://[2001:db8::1]')).toEqual({
      host: '2001:db8::1',
      port: 465,
      secure: true,
      requireTLS: false,
      tls: { rejectUnauthorized: true },
      auth: undefined,
    });
  });

  test('sends no password in clear to another machine, unless it says so', () => {
    const requires = (url: string) => parseServerAddress(url).requireTLS;
    expect(requires('smtp://me:secret@mail.example:25')).toBe(true);
    expect(requires('smtp://mail.example:587')).toBe(true);
    expect(requires('smtp://mailpit:1025')).toBe(false);
    expect(requires('smtp://me:secret@localhost:1025')).toBe(false);
    expect(requires('smtp://me:secret@mail.example?requireTLS=false')).toBe(false);
  });

  test('trusts a certificate only where nobody can listen in, or it says so', () => {
    const checks = (url: string) => parseServerAddress(url).tls.rejectUnauthorized;
    expect(checks('smtp://mail.example')).toBe(true);
    expect(checks('smtp://127.0.0.1:2525')).toBe(false);
    expect(checks('smtps://mail.example?tls.rejectUnauthorized=false')).toBe(false);
  });

  test('asks for both where it says so, on this machine too', () => {
    const { requireTLS, tls } = parseServerAddress(
      'smtp://localhost:1025?requireTLS=true&tls.rejectUnauthorized=true',
    );
    expect([requireTLS, tls.rejectUnauthorized]).toEqual([true, true]);
    expect(parseServerAddress('smtp://mail.example:25?requireTLS=true').requireTLS).toBe(true);
  });

  test('takes no other option', () => {
    const plain = parseServerAddress('smtp://mail.example');
    expect(parseServerAddress('smtp://mail.example?debug=true&logger=true&proxy=http://evil')).toEqual(plain);
  });

  test('may hold a stray percent sign', () => {
    expect(parseServerAddress('smtp://me:100%@mail.example').auth).toEqual({ user: 'me', pass: '100%' });
  });
});
