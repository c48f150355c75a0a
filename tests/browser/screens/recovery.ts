import type { Page } from 'playwright-core';
import {
  askForRecovery,
  codeIn,
  endCooldown,
  expireCodes,
  linkIn,
  setPassword,
} from '../../support/recovery-pages.ts';
import type { ArrivedMail } from '../../support/smtp.ts';
import { all, click, fill, type Screen, type Steps, see } from './steps.ts';
import { FORGETFUL, type World } from './world.ts';

const CHOSEN = 'walnut orbit 73 kettle';

const heading =
  (name: string): Steps =>
  (page) =>
    page.getByRole('heading', { name, exact: true, level: 1 }).waitFor();

const open =
  (path: string): Steps =>
  (page, { hosted }) =>
    page.goto(hosted('mailed', path));

const again: Steps = (_page, { stage }) => endCooldown(stage.db);
const expired: Steps = (_page, { stage }) => expireCodes(stage.db);

/** Asks for something, and waits for the mail with it. */
async function ask(page: Page, world: World, method: 'A link' | 'A code'): Promise<ArrivedMail> {
  await again(page, world);
  await open('/forgot-password')(page, world);
  await askForRecovery(page, FORGETFUL, method);
  return world.readMail(FORGETFUL);
}

const openLink: Steps = async (page, world) => page.goto(linkIn(await ask(page, world, 'A link')));
const wrongCode: Steps = all(fill('Code', '000000'), click('Continue'));

/** Every state of the pages of a forgotten password, in an order in which each leads to the next. */
export const RECOVERY: readonly Screen[] = [
  ['forgot password', all(open('/forgot-password'), heading('Forgot your password?'))],
  ['forgot password, nothing entered', all(click('Continue'), see('Enter what you sign in with.'))],
  [
    'forgot password, link sent',
    all(async (page, world) => ask(page, world, 'A link'), heading('Check your mail')),
  ],
  [
    'forgot password, again too soon',
    all(click('Send again'), see('One was asked for less than a minute ago.')),
  ],
  [
    'forgot password, sent again',
    all(again, click('Send again'), see('Another link is on its way.'), (_page, { readMail }) =>
      readMail(FORGETFUL),
    ),
  ],
  ['new password', all(openLink, heading('Choose a new password'))],
  [
    'new password, broken rules',
    all((page) => setPassword(page, 'abc'), see('Choose a password that satisfies every rule below.')),
  ],
  [
    'new password, two different ones',
    all((page) => setPassword(page, CHOSEN, 'other'), see('The two passwords are not the same.')),
  ],
  [
    'new password, link expired',
    all(expired, (page) => setPassword(page, CHOSEN), heading('This link has expired')),
  ],
  [
    'new password, address cut short',
    all(open('/reset-password?token=abc'), heading('This address is not complete')),
  ],
  [
    'new password, link of nobody',
    all(open(`/reset-password?token=${'a'.repeat(32)}`), heading('This link does not work')),
  ],
  [
    'forgot password, code sent',
    all(async (page, world) => ask(page, world, 'A code'), heading('Enter the code')),
  ],
  ['wrong code', all(wrongCode, see('4 tries are left'))],
  ['expired code', all(expired, (page) => page.reload(), heading('This code has expired'))],
  [
    'too many wrong codes',
    all(
      again,
      click('Send a new one'),
      see('Another code is on its way.'),
      (_page, { readMail }) => readMail(FORGETFUL),
      ...Array.from({ length: 5 }, () => wrongCode),
      heading('Too many wrong codes'),
    ),
  ],
  [
    'password changed',
    all(
      async (page, world) => {
        const code = codeIn(await ask(page, world, 'A code'));
        await page.getByLabel('Code', { exact: true }).fill(code);
      },
      click('Continue'),
      (page) => setPassword(page, CHOSEN),
      heading('Your password was changed'),
      // The notice about it.
      (_page, { readMail }) => readMail(FORGETFUL),
    ),
  ],
  [
    'link used already',
    async (page, world) => {
      const link = linkIn(await ask(page, world, 'A link'));
      await page.goto(link);
      await setPassword(page, `${CHOSEN} 2`);
      await heading('Your password was changed')(page, world);
      await page.goto(link);
      await heading('This link was used already')(page, world);
    },
  ],
  [
    'forgot password, choice of addresses',
    all(
      again,
      (_page, { set }) => set('mailed', 'recovery.choose_destination', 'true'),
      open('/forgot-password'),
      (page) => askForRecovery(page, FORGETFUL, 'A link'),
      heading('Where should it go?'),
      (_page, { set }) => set('mailed', 'recovery.choose_destination', 'false'),
    ),
  ],
];
