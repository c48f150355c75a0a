import { all, at, click, fill, follow, type Screen, type Steps, see, width } from './steps.ts';

const NARROW = [360];
const WIDE = [1280];

const openUsers = at('mailed', '/users', 'Users');
const press =
  (keys: string): Steps =>
  (page) =>
    page.keyboard.press(keys);
const find = (text: string) => fill('Find a user or a page', text);
const passAfterProof =
  (time: string): Steps =>
  (_page, { stage }) =>
    stage.db.query('update portal_sessions set password_proved_at = password_proved_at - $1::interval', [
      time,
    ]);

/** Mailbox, Admin API, and what surrounds every page. */
export const ELSEWHERE: readonly Screen[] = [
  ['mailbox, empty', at('empty', '/messages/mailbox', 'Mailbox', see('No mail yet'))],
  ['mailbox', at('home', '/messages/mailbox', 'Mailbox', see('To newcomer@example.com'))],
  [
    'mail',
    all(follow('Your new password'), (page) =>
      page.frameLocator('iframe').getByText('newcomer@example.com').first().waitFor(),
    ),
  ],
  ['mail, text', (page) => page.getByRole('tab', { name: 'Text' }).click()],
  ['mail that is gone', at('home', '/messages/mailbox/TWFpbDpnb25l', 'Mail', see('This mail is gone'))],
  ['Admin API, no keys', at('empty', '/advanced/admin-api', 'Admin API', see('No keys yet.'))],
  ['new key', all(click('Create key'), see('Save the private key now'))],
  ['new key, not saved', all(click('Done'), see('You have neither copied nor downloaded'))],
  ['Admin API', all(click('Close without it'), see('Last used'))],
  [
    'revoke question',
    all((page) => page.getByRole('button', { name: 'Revoke key' }).click(), see('Revoke this key?')),
  ],
  ['Admin API, revoked', all(click('Revoke'), see('Key revoked'))],
  [
    'password once more',
    all(passAfterProof('11 minutes'), click('Create key'), see('Confirm that it is you')),
  ],
  [
    'password once more, wrong',
    all(fill('Your password', 'not mine'), click('Confirm'), see('This is not your password.')),
  ],
  ['finder', all(passAfterProof('-11 minutes'), openUsers, press('Control+k'), see('User Management'))],
  ['finder, found', all(find('ada'), (page) => page.getByRole('dialog').getByText('Augusta').waitFor())],
  ['finder, nothing', all(find('zzzzz'), see('Nothing found.'))],
  ['menu on a narrow screen', all(openUsers, width(360), click('Open menu')), NARROW],
  [
    'projects on a narrow screen',
    all(
      (page) => page.getByRole('button', { name: 'Switch project' }).click(),
      (page) => page.getByRole('menuitem').first().waitFor(),
    ),
    NARROW,
  ],
  [
    'account',
    all(
      width(1280),
      openUsers,
      (page) => page.getByRole('button', { name: 'Account of' }).click(),
      see('Appearance'),
    ),
    WIDE,
  ],
  [
    'account on a narrow screen',
    all(
      width(360),
      openUsers,
      click('Open menu'),
      (page) => page.getByRole('button', { name: 'Account of' }).click(),
      see('Appearance'),
    ),
    NARROW,
  ],
  ['nothing at this address', at('mailed', '/nothing', 'There is nothing here')],
  ['no such project', at('nowhere', '/users', 'There is nothing here')],
];

/** The same as an operator sees them who may only look. */
export const ELSEWHERE_TO_LOOK_AT: readonly Screen[] = [
  [
    'mailbox, as a viewer',
    at('mailed', '/messages/mailbox', 'Mailbox', see('The mailbox is not open to you')),
  ],
  [
    'Admin API, as a viewer',
    at('mailed', '/advanced/admin-api', 'Admin API', see('Only owners manage keys')),
  ],
];

/** For somebody who is signed in but works on no project. */
export const OUTSIDE: readonly Screen[] = [['no project', see('No project yet')]];
