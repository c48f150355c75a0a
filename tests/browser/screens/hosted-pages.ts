import type { Page } from 'playwright-core';
import { fillLogin } from '../../support/login.ts';
import { STAGE_PASSWORD } from '../../support/stage.ts';
import type { Screen } from './steps.ts';
import { FIRST_OPERATOR } from './world.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();

const change = async (page: Page, password: string, confirmation = password): Promise<void> => {
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('New password again').fill(confirmation);
  await page.getByRole('button', { name: 'Change password' }).click();
};

/** Every state of the hosted pages, in an order in which each leads to the next. */
export const HOSTED_PAGES: readonly Screen[] = [
  ['first run', async (page, { stage }) => page.goto(await stage.server.firstRunLink())],
  [
    'first run, refused',
    async (page) => {
      await page.getByLabel('Password', { exact: true }).fill('short');
      await page.getByRole('button', { name: 'Create operator' }).click();
      await page.getByText('Enter an email address').waitFor();
      await page.getByLabel('Email address').fill(FIRST_OPERATOR.email);
      await page.getByLabel('Password', { exact: true }).fill('short');
      await page.getByRole('button', { name: 'Create operator' }).click();
      await page.getByText('Choose a password that satisfies every rule below.').waitFor();
    },
  ],
  [
    'first operator made',
    async (page) => {
      await page.getByLabel('Password', { exact: true }).fill(FIRST_OPERATOR.password);
      await page.getByRole('button', { name: 'Create operator' }).click();
      await heading(page, 'The first operator is ready');
    },
  ],
  [
    'first-run link used up',
    async (page, { stage }) => {
      await page.goto(`${stage.server.origin}/first-run`);
      await heading(page, 'This link cannot be used');
    },
  ],
  [
    'login',
    async (page, { stage }) => {
      await page.goto(`${stage.server.origin}/login`);
      await heading(page, 'Sign in');
    },
  ],
  [
    'login with nothing entered',
    async (page) => {
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('Enter your password.').waitFor();
    },
  ],
  [
    'refused login',
    async (page) => {
      await fillLogin(page, 'newcomer@example.com', 'not the password');
      await page.getByText('This combination is not right.').waitFor();
    },
  ],
  [
    'forced change',
    async (page) => {
      await fillLogin(page, 'newcomer@example.com', STAGE_PASSWORD);
      await heading(page, 'Change your password');
    },
  ],
  [
    'forced change with broken rules',
    async (page) => {
      await change(page, 'abc');
      await page.getByText('Choose a password that satisfies every rule below.').waitFor();
    },
  ],
  [
    'forced change with two different passwords',
    async (page) => {
      await change(page, 'walnut orbit 73', 'walnut orbit 74');
      await page.getByText('The two passwords are not the same.').waitFor();
    },
  ],
  [
    'forced change while typing',
    async (page) => {
      await page.getByLabel('New password', { exact: true }).fill('walnut orbit 73 kettle');
      await page.getByText('strong', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Show New password', exact: true }).click();
    },
  ],
  [
    'login started over',
    async (page, { stage, newcomer }) => {
      const input = { userID: newcomer.id, password: STAGE_PASSWORD, setPasswordExpired: true };
      await stage.admin.mutate('resetPassword', input, 'user { id }');
      await page.reload();
      await page.getByText('Enter your password again.').waitFor();
    },
  ],
  [
    'disabled account',
    async (page, { stage, newcomer }) => {
      const disable = 'update users set is_disabled = $2, disable_reason = $3 where id = $1';
      await stage.db.query(disable, [newcomer.uuid, true, 'Left the company in spring']);
      await fillLogin(page, 'newcomer@example.com', STAGE_PASSWORD);
      await page.getByText('This account is disabled').waitFor();
      await stage.db.query(disable, [newcomer.uuid, false, null]);
    },
  ],
  [
    'settings',
    async (page) => {
      await fillLogin(page, 'newcomer@example.com', STAGE_PASSWORD);
      await change(page, 'walnut orbit 73 kettle');
      await heading(page, 'Your account');
    },
  ],
  [
    'own sessions',
    async (page) => {
      await page.getByRole('link', { name: 'Where you are signed in' }).click();
      await heading(page, 'Where you are signed in');
    },
  ],
  [
    'own password',
    async (page, { stage }) => {
      await page.goto(`${stage.server.origin}/settings/password`);
      await heading(page, 'Change your password');
    },
  ],
  [
    'own password refused',
    async (page) => {
      await page.getByLabel('Current password', { exact: true }).fill('not the password');
      await page.getByLabel('New password', { exact: true }).fill('short');
      await page.getByRole('button', { name: 'Change password' }).click();
      await page.getByText('not the same').waitFor();
    },
  ],
  [
    'sign-out question',
    async (page, { stage }) => {
      await page.goto(`${stage.server.origin}/oauth2/end_session`);
      await heading(page, 'Sign out?');
    },
  ],
  [
    'signed out',
    async (page) => {
      await page.getByRole('button', { name: 'Sign out' }).click();
      await heading(page, 'You are signed out');
    },
  ],
  [
    'ended login',
    async (page, { stage }) => {
      await page.goto(`${stage.server.origin}/login/no-such-login`);
      await heading(page, 'This sign-in has ended');
    },
  ],
  [
    'not found',
    async (page, { stage }) => {
      await page.goto(`${stage.server.origin}/nothing/at/all`);
      await heading(page, 'There is no page here');
    },
  ],
  [
    'protocol error',
    async (page, { stage }) => {
      await page.goto(`${stage.server.origin}/oauth2/authorize?client_id=nobody&response_type=code`);
      await heading(page, 'This link does not work');
    },
  ],
  [
    'forged form',
    async (page, { stage }) => {
      await page.goto(`${stage.server.origin}/login`);
      await page.context().clearCookies();
      await fillLogin(page, 'newcomer@example.com', STAGE_PASSWORD);
      await heading(page, 'This form could not be checked');
    },
  ],
  [
    'unknown host (421)',
    async (page, { stage }) => {
      const answer = await page.goto(`http://nobody.localhost:${stage.server.port}/`);
      if (answer?.status() !== 421) throw new Error(`status ${answer?.status()}`);
      await heading(page, 'No project answers here');
    },
  ],
];
