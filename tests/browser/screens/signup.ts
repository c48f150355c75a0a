import type { Page } from 'playwright-core';
import { STAGE_PASSWORD } from '../../support/stage.ts';
import { all, click, fill, follow, type Screen, type Steps, see } from './steps.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
const ADDRESS = 'somebody.new@a-rather-long-name-of-a-company.example.com';

const query =
  (sql: string): Steps =>
  (_page, { stage }) =>
    stage.db.query(sql);
/** As if the code had been entered, which only its reader knows. */
const prove = query("update signup_flows set proved_at = now(), expires_at = now() + interval '30 minutes'");
const reload: Steps = (page) => page.reload();
const setSignup =
  (value: string): Steps =>
  (_page, { stage }) =>
    stage.server.json(['settings', 'set', 'login.signup_enabled', value]);

/** Every state of a sign-up, in an order in which each leads to the next. */
export const SIGNUP: readonly Screen[] = [
  [
    'sign-up',
    async (page, { stage }) => {
      await page.goto(`${stage.server.origin}/login`);
      await page.getByRole('link', { name: 'Create an account' }).click();
      await heading(page, 'Create an account');
    },
  ],
  ['sign-up, nothing entered', all(click('Continue'), see('Enter your email address.'))],
  [
    'sign-up, no address',
    all(fill('Email address', 'alice@'), click('Continue'), see('Enter an email address on one line')),
  ],
  ['sign-up code', all(fill('Email address', ADDRESS), click('Continue'), see('Send a new one'))],
  ['sign-up code, too soon', all(click('Send a new one'), see('less than a minute ago'))],
  ['sign-up code, no digits', all(fill('Code', '12 34 5x'), click('Continue'), see('six digits'))],
  ['sign-up code, wrong', all(fill('Code', '123 456'), click('Continue'), see('4 tries are left'))],
  [
    'sign-up code, too many',
    all(query('update codes set tries = 5'), reload, see('This code does not work any more.')),
  ],
  [
    'sign-up code, run out',
    all(
      query("update codes set tries = 0, expires_at = now() - interval '1 minute'"),
      reload,
      see('This code has expired'),
    ),
  ],
  ['sign-up password', all(prove, reload, see('At least 8 characters'))],
  [
    'sign-up password, broken rules',
    all(fill('Password', 'abc'), click('Create account'), see('satisfies every rule below')),
  ],
  [
    'sign-up, address taken meanwhile',
    async (page, { stage }) => {
      await stage.addUser(ADDRESS);
      await page.getByLabel('Password', { exact: true }).fill(STAGE_PASSWORD);
      await page.getByRole('button', { name: 'Create account' }).click();
      await heading(page, 'You have an account already');
    },
  ],
  [
    'sign-up closed',
    all(
      setSignup('false'),
      async (page, { stage }) => {
        await page.goto(`${stage.server.origin}/signup`);
        await heading(page, 'No new accounts here');
      },
      setSignup('true'),
    ),
  ],
  ['login after it', all(follow('Sign in'), (page) => heading(page, 'Sign in'))],
];
