import { all, at, click, fill, follow, hear, type Screen, type Steps, see } from './steps.ts';

const passwords = at('mailed', '/authentication/passwords', 'Passwords', see('Try a password'));
const mail = at('home', '/messages/mail', 'Mail', see('Go to the built-in mailbox'));

const tick =
  (name: string): Steps =>
  (page) =>
    page.getByRole('checkbox', { name }).click();
const turn =
  (name: string): Steps =>
  (page) =>
    page.getByRole('switch', { name }).click();

/** Enters the stage's mail server as the project's own. */
const enterServer: Steps = (page, { stage }) => page.getByLabel('Host').fill(stage.mail.url);

/** The pages of settings, as an owner changes them. */
export const SETTINGS: readonly Screen[] = [
  ['login methods', at('mailed', '/authentication/login-methods', 'Login methods', see('Sign-up'))],
  [
    'login methods, none',
    all(tick('Email'), tick('Phone'), tick('Username'), click('Save'), see('Tick at least one.')),
  ],
  ['leave settings question', all(follow('Users'), see('Leave without saving?'))],
  ['passwords', all(click('Leave'), passwords)],
  [
    'passwords, refused',
    all(fill('Least number of characters', '129'), click('Save'), see('Enter a whole number from 1 to 128.')),
  ],
  [
    'passwords, tried',
    all(
      fill('Least number of characters', '15'),
      (page) => page.getByRole('combobox', { name: 'Words that no password' }).fill('acme,'),
      fill('Password to try', 'acme acme'),
      (page) => page.locator('[data-state=broken]').first().waitFor(),
    ),
  ],
  ['passwords, saved', all(click('Save'), hear('Settings saved'))],
  ['recovery', at('mailed', '/authentication/recovery', 'Recovery', see('A code of 6 digits'))],
  ['recovery, destination', all(turn('Users choose'), see('This tells anybody'))],
  ['mail settings', all(click('Discard'), mail)],
  [
    'mail server, entered wrong',
    all(click('Set a mail server'), click('Save'), see('Enter the name of the mail')),
  ],
  [
    'test mail, refused',
    all(
      enterServer,
      async (_page, { stage }) =>
        stage.mail.refuse('550 5.7.1 <no-reply@localhost>: Sender address rejected'),
      click('Send a test mail'),
      see('Sender address rejected'),
    ),
  ],
  ['test mail, sent', all(click('Send a test mail'), see('The mail server took the mail'))],
  [
    'mail settings, of a project with a mail server',
    all(click('Discard'), at('mailed', '/messages/mail', 'Mail')),
  ],
  ['mail server, to be removed', all(click('Remove'), see('will be removed when you save'))],
  ['general settings', all(click('Discard'), at('mailed', '/settings/general', 'General', see('Branding')))],
  [
    'general settings, refused',
    all(fill('Color of buttons and links', 'red'), click('Save'), see('Give a color as #rrggbb')),
  ],
  ['rename project', all(click('Discard'), click('Rename'), see('Rename the project'))],
];

/** The same as an operator sees them who may only look. */
export const SETTINGS_TO_LOOK_AT: readonly Screen[] = [
  ['passwords, as a viewer', all(passwords, see('You can see these settings'))],
  ['recovery, as a viewer', at('mailed', '/authentication/recovery', 'Recovery', see('You can see these'))],
  ['mail settings, as a viewer', at('mailed', '/messages/mail', 'Mail', see('You can see these settings'))],
  ['general settings, as a viewer', at('mailed', '/settings/general', 'General', see('You can see these'))],
];
