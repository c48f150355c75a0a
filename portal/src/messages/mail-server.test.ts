import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type MailServer,
  NEW_SERVER,
  placeOf,
  readServer,
  withSecurity,
  writeServer,
  wrongPart,
} from './mail-server.ts';

const server = fc.record<MailServer>({
  host: fc.oneof(fc.domain(), fc.ipV6()),
  port: fc.integer({ min: 1, max: 65_535 }).map(String),
  security: fc.constantFrom('starttls', 'tls', 'ifOffered'),
  user: fc.string({ unit: 'grapheme' }).filter((text) => text !== '***'),
  password: fc.string({ unit: 'grapheme' }),
  anyCertificate: fc.boolean(),
});

describe('the address of a mail server', () => {
  it('says back what was entered, whatever is in a password', () => {
    fc.assert(
      fc.property(server, (entered) => {
        fc.pre(entered.user.isWellFormed() && entered.password.isWellFormed());
        const read = readServer(writeServer(entered));
        const { host: _, ...others } = entered;
        expect(read).toMatchObject(entered.user === '' ? { ...others, password: '' } : others);
        expect(wrongPart(entered)).toBeUndefined();
        expect(placeOf(writeServer(entered))).toMatch(new RegExp(`:${entered.port}$`));
      }),
    );
  });

  it('of one that is saved shows neither user nor password', () => {
    expect(readServer('smtp://***@mail.example.com:2525?requireTLS=false')).toEqual({
      ...NEW_SERVER,
      host: 'mail.example.com',
      port: '2525',
      security: 'ifOffered',
    });
  });

  it.each(['', 'mail.example.com', 'https://example.com', 'smtp://'])('is not %j', (text) =>
    expect(readServer(text)).toBeUndefined(),
  );
});

it('another security takes its usual port, unless another one was entered', () => {
  expect(withSecurity(NEW_SERVER, 'tls').port).toBe('465');
  expect(withSecurity({ ...NEW_SERVER, port: '2525' }, 'tls').port).toBe('2525');
});

it.each([
  [{ host: '' }, 'host'],
  [{ host: 'mail example.com' }, 'host'],
  [{ host: 'user@mail.example.com' }, 'host'],
  [{ host: 'mail.example.com/x' }, 'host'],
  [{ host: 'mail.example.com', port: '' }, 'port'],
  [{ host: 'mail.example.com', port: '0' }, 'port'],
  [{ host: 'mail.example.com', port: '65536' }, 'port'],
  [{ host: 'mail.example.com', port: '5a' }, 'port'],
])('%j is wrong in its %s', (parts, part) => expect(wrongPart({ ...NEW_SERVER, ...parts })).toBe(part));
