import { describe, expect, test } from 'vitest';
import de from '../platform/words/de/mails.json' with { type: 'json' };
import en from '../platform/words/en/mails.json' with { type: 'json' };
import { composeMail } from './compose.ts';
import type { MessageType } from './model.ts';
import { mailDomain } from './sender.ts';
import type { StoredMessage } from './store.ts';
import { buttonColors } from './templates/colors.ts';

type Settings = Parameters<typeof composeMail>[1];

const settings = {
  messages: { smtp_url: null, sender_name: null, sender_address: null },
  branding: { logo_url: null, primary_color: null },
} as Settings;

const project = { id: 'acme', name: 'Acme', origin: 'https://login.acme.example:8443', revision: '1' };

const message = (more: Partial<StoredMessage> = {}) =>
  ({
    id: '019ac3f0-0000-7000-8000-000000000000',
    type: 'password_reset_by_admin',
    payload: { loginID: 'ada', mustChange: false, isFirst: false },
    locale: null,
    recipient: 'ada@example.com',
    createdAt: new Date('2026-11-24T20:15:00Z'),
    ...more,
  }) as StoredMessage;

const write = (more: Partial<StoredMessage> = {}, password?: string, named = project) =>
  composeMail(named, settings, message(more), password);

const TYPES: { type: MessageType; payload: StoredMessage['payload']; password?: string }[] = [
  {
    type: 'password_reset_by_admin',
    payload: { loginID: 'ada', mustChange: true, isFirst: false },
    password: 'pw',
  },
  {
    type: 'password_reset_by_admin',
    payload: { loginID: 'ada', mustChange: false, isFirst: true },
    password: 'pw',
  },
  { type: 'account_created', payload: { loginID: 'ada', mustChange: true }, password: 'pw' },
  {
    type: 'operator_created',
    payload: { loginID: 'ada@example.com', mustChange: true, worksOn: 'Wiki' },
    password: 'pw',
  },
  { type: 'password_changed', payload: { loginID: 'ada' } },
  { type: 'recovery_link', payload: { loginID: 'ada', minutes: 20 }, password: 'to-ken_1' },
  { type: 'recovery_code', payload: { loginID: 'ada', minutes: 5 }, password: '012345' },
  { type: 'recovery_without_password', payload: { loginID: 'ada', hasProvider: true } },
  { type: 'recovery_without_password', payload: { loginID: 'ada', hasProvider: false } },
  { type: 'signup_code', payload: { minutes: 10 }, password: '012345' },
  { type: 'signup_existing_account', payload: { loginID: 'ada@example.com' } },
  { type: 'test', payload: {} },
];

/** A code is for a page that is open already. */
const LINKS: Partial<Record<MessageType, string[]>> = {
  recovery_link: ['/reset-password?token=to-ken_1'],
  recovery_code: [],
  signup_code: [],
  operator_created: ['/portal/'],
};
const linksOf = (type: MessageType): string[] => LINKS[type] ?? ['/login'];

describe('every mail, in every language', () => {
  for (const locale of ['en', 'de']) {
    test.each(TYPES)(`$type in ${locale} says the same as text and as HTML`, async ({ password, ...of }) => {
      const mail = await write({ ...of, locale }, password);
      expect(mail.html).toContain(`<html dir="ltr" lang="${locale}">`);
      const shown = mail.html.replaceAll(/<head>.*<\/head>|<!--.*?-->|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
      for (const line of mail.text.split('\n\n')) {
        const words = line
          .trim()
          .replace(/: (https:\/\/\S+\/(login|portal\/|reset-password\?token=to-ken_1))$/, '');
        expect(shown).toContain(words);
      }
      expect(`${mail.subject}${mail.text}${mail.html}`).not.toMatch(/\{\{|undefined|null|password_|signIn/);
    });

    test.each(TYPES)(
      `$type in ${locale} has one link at the most and loads nothing`,
      async ({ password, ...of }) => {
        const { html } = await write({ ...of, locale }, password);
        const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url);
        expect(links).toEqual(linksOf(of.type).map((path) => project.origin + path));
        expect(html).not.toMatch(/<img|<link|<script|src=|url\(|@import/i);
      },
    );
  }

  test('has its words in both', () => {
    const keys = (words: object): string[] =>
      Object.entries(words).flatMap(([key, value]) =>
        typeof value === 'object' ? keys(value).map((inner) => `${key}.${inner}`) : [key],
      );
    expect(keys(de).sort()).toEqual(keys(en).sort());
  });
});

describe('the words', () => {
  test('tell a user who had a password that it was changed, and one who had none that there is one', async () => {
    const changed = await write({}, 'pw');
    expect(changed.text).toContain('changed the password of your account ada');
    const first = await write({ payload: { loginID: 'ada', mustChange: false, isFirst: true } }, 'pw');
    expect(first.text).toContain('gave your account ada a password');
    expect(first.text).not.toContain('changed');
    const created = await write(
      { type: 'account_created', payload: { loginID: 'ada', mustChange: false } },
      'pw',
    );
    expect(created.text).toContain('created an account for you. Sign in as ada');
  });

  test('announce that the password must be changed only where it must', async () => {
    const must = { loginID: 'ada', mustChange: true, isFirst: false };
    expect((await write({ payload: must }, 'pw')).text).toContain('You will be asked to choose');
    expect((await write({}, 'pw')).text).not.toContain('You will be asked to choose');
  });

  test('of a notice say when it happened, and hold no password', async () => {
    const notice = await write({ type: 'password_changed', payload: { loginID: 'ada' } });
    expect(notice.text).toContain('was changed on November 24, 2026 at 8:15:00 PM UTC.');
    const german = await write({ type: 'password_changed', payload: { loginID: 'ada' }, locale: 'de' });
    expect(german.text).toContain('wurde am 24. November 2026 um 20:15:00 UTC geändert');
  });
});

describe('the mails of a recovery', () => {
  test('carry the token in the link and nowhere else', async () => {
    const payload = { loginID: 'ada', minutes: 20 };
    const { html, text, subject } = await write({ type: 'recovery_link', payload }, 'to-ken_1');
    const link = `${project.origin}/reset-password?token=to-ken_1`;
    expect(text).toContain(`Set a new password: ${link}`);
    expect(text).toContain('within 20 minutes');
    expect(`${subject}${html}${text}`.replaceAll(link, '')).not.toContain('to-ken_1');
  });

  test('carry the code on a line of its own, to be selected as a whole', async () => {
    const mail = await write({ type: 'recovery_code', payload: { loginID: 'ada', minutes: 1 } }, '012345');
    expect(mail.text.split('\n')).toContain('012345');
    expect(mail.text).toContain('within 1 minute.');
    expect(mail.html).toMatch(/user-select:\s*all[^>]*>012345</);
    expect(mail.subject).not.toContain('012345');
  });
});

describe('the mails of a sign-up', () => {
  test('tell the code, for how long it is good, and nothing to click', async () => {
    const { text } = await write({ type: 'signup_code', payload: { minutes: 10 } }, '012345');
    expect(text.split('\n')).toContain('012345');
    expect(text).toContain('It is good for 10 minutes.');
  });

  test('lead who has an account to the login and to a new password, at the origin of the project', async () => {
    const payload = { loginID: 'ada@example.com' };
    const { text } = await write({ type: 'signup_existing_account', payload });
    expect(text).toContain(`Sign in: ${project.origin}/login`);
    expect(text).toContain(`set a new one: ${project.origin}/forgot-password`);
  });
});

describe('what others chose', () => {
  test('is text, not HTML', async () => {
    const named = { ...project, name: '<img src=x>&"Acme' };
    const payload = { loginID: '<script>alert(1)</script>', mustChange: false, isFirst: false };
    const { html, text } = await write({ payload }, '</p><b>"&amp;', named);
    expect(html).not.toMatch(/<img|<script|<b>/);
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain('&lt;/p&gt;&lt;b&gt;&quot;&amp;amp;');
    expect(text).toContain('<script>alert(1)</script>');
  });

  test('is not read as a placeholder', async () => {
    const named = { ...project, name: '{{loginID}} $t(signIn) $& {{project}}' };
    const { subject, text } = await write({}, '{{project}} $t(signIn) $&', named);
    expect(subject).toBe('Your new password for {{loginID}} $t(signIn) $& {{project}}');
    expect(text.split('\n')).toContain('{{project}} $t(signIn) $&');
  });

  test('stays out of links', async () => {
    const { html } = await write({}, 'https://evil.example/x');
    expect(html).not.toMatch(/href="[^"]*evil/);
  });
});

describe('the sender', () => {
  test.each([
    ['https://login.acme.example:8443', 'login.acme.example'],
    ['http://localhost:4000', 'localhost'],
    ['http://acme.localhost:4000', 'acme.localhost'],
    ['http://127.0.0.1:4000', '[127.0.0.1]'],
    ['http://[::1]:4000', '[IPv6:::1]'],
    ['https://bücher.example', 'xn--bcher-kva.example'],
  ])('of %s has the domain %s', (origin, domain) => {
    expect(mailDomain({ origin })).toBe(domain);
  });
});

describe('the button', () => {
  test.each([
    ['#000000', '#ffffff'],
    ['#ffffff', '#000000'],
    ['#0f766e', '#ffffff'],
    ['#ffcc00', '#000000'],
  ])('on %s has words in %s', (brand, words) => {
    expect(buttonColors(brand)).toEqual({ background: brand, words });
  });

  test('takes no other thing for a color', () => {
    expect(buttonColors('red;background:url(x)').background).toBe('#0f766e');
    expect(buttonColors(null).background).toBe('#0f766e');
  });
});
