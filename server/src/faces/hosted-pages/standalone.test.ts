import { expect, test } from 'vitest';
import { createWords } from '../../platform/words/index.ts';
import type { Project, Settings } from '../../projects/index.ts';
import { createRenderer } from './renderer.tsx';
import { createStandalonePages } from './standalone.tsx';

const project: Project = {
  id: 'home',
  name: 'Acme <Co>',
  origin: 'https://login.acme.example',
  revision: '1',
};
const branding = { logo_url: 'https://cdn.acme.example/l.svg', primary_color: '#aa0000' };

const pages = createStandalonePages(
  createRenderer({
    projects: { settings: async () => ({ branding }) as Settings },
    assets: { stylesheet: '/assets/p.css', script: '/assets/p.js', files: new Map() },
    words: createWords('pages'),
  }),
);

test('a page carries the project’s name, logo and color, and the headers of all pages', async () => {
  const { html, headers } = await pages.notFound({ project });
  expect(html).toContain('alt="Acme &lt;Co&gt;"');
  expect(html).toContain('/assets/brand/aa0000.css');
  expect(headers['Content-Security-Policy']).toContain('https://cdn.acme.example');
  expect(headers['Strict-Transport-Security']).toBeDefined();
});

test('an unknown host learns of no project', async () => {
  const { html } = await pages.misdirected({ project, acceptLanguage: 'de' });
  expect(html).not.toContain('Acme');
  expect(html).toContain('Hier antwortet kein Projekt');
});

test('a protocol error shows its code as text', async () => {
  const { html } = await pages.protocolError(
    { project },
    { error: 'invalid_redirect_uri', description: '<img src=x>' },
  );
  expect(html).toContain('invalid_redirect_uri');
  expect(html).not.toContain('<img src=x>');
});

test('the question before signing out sends its fields either way, "yes" only with the button for it', async () => {
  const { html, headers } = await pages.logoutQuestion(
    { project, formTargets: ['https://app.example/bye'] },
    { action: '/oauth2/logout', fields: { xsrf: 'abc' }, confirm: { name: 'logout', value: 'yes' } },
  );
  expect(html.split('name="xsrf" value="abc"')).toHaveLength(3);
  expect(html.split('name="logout" value="yes"')).toHaveLength(2);
  expect(headers['Content-Security-Policy']).toContain("form-action 'self' https:");
});

test('signed out is a page with a way back in', async () => {
  expect((await pages.signedOut({ project })).html).toContain('href="/login"');
});
