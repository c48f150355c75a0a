import type { Page } from 'playwright-core';
import { all, at, click, fill, follow, type Screen, type Steps, see } from './steps.ts';

const openLog = at('mailed', '/audit-log', 'Audit log', (page) =>
  page.getByRole('list', { name: 'Audit log' }).getByRole('link').first().waitFor(),
);
const firstEvent: Steps = (page) =>
  page.getByRole('list', { name: 'Audit log' }).getByRole('link').first().click();
const register = at('mailed', '/applications/create', 'Register app');
const type =
  (text: string): Steps =>
  async (page) => {
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Backspace');
    await page.keyboard.type(text);
  };
const editor = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const inEditor =
  (name: string): Steps =>
  (page) =>
    editor(page, name).click();
const answered: Steps = (page) => editor(page, 'Result').getByText('edges').first().waitFor();

/** The audit log, apps, who works on a project, new projects, and the explorer of the Admin API. */
export const PROJECTS: readonly Screen[] = [
  ['audit log', openLog],
  ['audit log, types', all((page) => page.getByLabel('Events').first().click(), see('Signing in and out'))],
  [
    'audit log, people',
    all(
      (page) => page.keyboard.press('Escape'),
      (page) => page.getByLabel('About').first().fill('ada.lovelace@'),
      (page) => page.getByRole('listbox').getByRole('option').first().waitFor(),
    ),
  ],
  [
    'audit log, narrowed',
    at(
      'mailed',
      ({ ada }) => `/audit-log?types=USER_CREATED&user=${ada.id}&from=2026-01-01`,
      'Audit log',
      see('Account created'),
    ),
  ],
  ['audit log, event', all(openLog, firstEvent, see('Who did it'))],
  [
    'audit log, nothing of that kind',
    at('mailed', '/audit-log?types=USER_DELETED', 'Audit log', see('Nothing of that kind')),
  ],
  ['apps, none', at('empty', '/applications', 'Applications', see('No apps yet'))],
  ['new app', register],
  [
    'new app, refused',
    all(
      fill('Name', 'Wiki, with a name that is rather long for an app'),
      fill('Redirect URIs', 'http://wiki.example.com/callback'),
      click('More addresses'),
      click('Register'),
      see('would send secrets unencrypted'),
    ),
  ],
  [
    'new app, secret',
    all(
      fill('Redirect URIs', 'https://wiki.example.com/callback'),
      click('Register'),
      see('Save the client secret now'),
    ),
  ],
  ['new app, secret not copied', all(click('Done'), see('You have not copied it.'))],
  ['app', all(click('Close without it'), see('Environment variables'))],
  ['app, deletion', all(click('Delete app'), see('nobody signs in'), see('Type “Wiki'))],
  ['app, new secret', all(click('Cancel'), click('New secret'), see('The present one stops at once'))],
  ['apps', at('mailed', '/applications', 'Applications', see('Wiki'))],
  ['no such app', at('mailed', '/applications/nothing', 'No such app')],
  ['collaborators', at('mailed', '/settings/collaborators', 'Collaborators', see('The only owner'))],
  ['new collaborator', all(click('Add collaborator'), (page) => page.getByLabel('Email').waitFor())],
  [
    'new collaborator, refused',
    all(fill('Email', 'nobody'), click('Add'), see('Enter an email address, such as')),
  ],
  [
    'new collaborator, added',
    all(
      fill('Email', 'a.new.colleague@example.com'),
      click('Add'),
      see('A mail with a password for the first login'),
    ),
  ],
  [
    'removal of a collaborator',
    all(click('Remove a.new.colleague@example.com'), see('The account itself stays.')),
  ],
  [
    'new project',
    async (page, { stage }) => {
      await page.goto(`${stage.server.origin}/portal/projects/create`);
      await page.getByLabel('Name').waitFor();
    },
  ],
  [
    'new project, refused',
    all(
      fill('Name', 'Another'),
      fill('Origin', 'http://login.example.com'),
      click('Create'),
      see('Passwords would travel unencrypted'),
    ),
  ],
  ['first steps', all(fill('Origin', ''), click('Create'), see('Another is ready'))],
  [
    'GraphiQL',
    at(
      'mailed',
      '/advanced/graphiql',
      'GraphiQL',
      inEditor('Query'),
      (page) => page.keyboard.press('Control+Enter'),
      answered,
    ),
  ],
  ['GraphiQL, history', all(click('History'), (page) => page.getByRole('menuitem').first().waitFor())],
  [
    'GraphiQL, wrong variables',
    all(
      (page) => page.keyboard.press('Escape'),
      inEditor('Variables'),
      type('nonsense'),
      see('Variables are one JSON object'),
    ),
  ],
  ['GraphiQL, docs', all(click('Docs'), (page) => page.getByRole('heading', { name: 'Mutation' }).waitFor())],
];

/** The same as an operator sees them who may only look. */
export const PROJECTS_TO_LOOK_AT: readonly Screen[] = [
  ['audit log, as a viewer', openLog],
  ['app, as a viewer', all(at('mailed', '/applications', 'Applications'), follow('Wiki'), see('Registered'))],
  [
    'new app, as a viewer',
    at('mailed', '/applications/create', 'Register app', see('You cannot register apps')),
  ],
  [
    'collaborators, as a viewer',
    at('mailed', '/settings/collaborators', 'Collaborators', see('Only owners change that.')),
  ],
  ['GraphiQL, as a viewer', at('mailed', '/advanced/graphiql', 'GraphiQL', see('you can query only'))],
  [
    'new project, as a viewer',
    async (page, { stage }) => {
      await page.goto(`${stage.server.origin}/portal/projects/create`);
      await page.getByText('You cannot create projects').waitFor();
    },
  ],
];
