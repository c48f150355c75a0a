import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type GuideReader, readGuide } from '../support/guide.ts';
import { freePort, startServer, type TestServer } from '../support/server.ts';
import { type Visitor, visitor } from '../support/visitor.ts';

/*
 * Follows the guides to the letter: what they tell to type is typed, what they tell to run is run, against a
 * real server. Only addresses are exchanged.
 */

const PASSWORD = 'a good passphrase 12';
const STEP_MS = 50;

let server: TestServer;
let browser: Visitor;
const readers: GuideReader[] = [];

beforeAll(async () => {
  server = await startServer();
  browser = await visitor();
});
afterAll(async () => {
  for (const reader of readers) await reader.leave();
  await browser?.leave();
  await server?.remove();
});

function open(path: string, replaced: Record<string, string> = {}): GuideReader {
  const reader = readGuide(path, server, { 'localhost:4000': `localhost:${server.port}`, ...replaced });
  readers.push(reader);
  return reader;
}

async function untilItAnswers(address: string): Promise<void> {
  while (!(await fetch(address, { redirect: 'manual' }).catch(() => undefined))) await pause(STEP_MS);
}

const isInstalled = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

it.skipIf(!isInstalled('curl'))(
  'docs/guides/reset-a-password.md resets a password in each of its ways',
  async () => {
    await server.json(['users', 'create', '--email', 'alice@example.com', '--generate']);
    const guide = open('docs/guides/reset-a-password.md');

    const said = await guide.shell(guide.blocks('sh').join('\n'));
    expect(said).toMatch(/"messages":\[\{"id":"\w+","state":"[A-Z]+"\}\]/);

    const [reset = ''] = guide.blocks('ts');
    const program = guide.program('reset.ts', reset);
    const printed = program.stdout ? await text(program.stdout) : '';
    expect(printed).toContain("recipient: 'alice@example.com'");

    type Shown = { password: { mustChange: boolean }; messages: { type: string }[] };
    const shown = await server.json<Shown>(['users', 'show', 'alice@example.com']);
    expect(shown.password.mustChange).toBe(true);
    expect(shown.messages.map(({ type }) => type)).toEqual(Array(3).fill('password_reset_by_admin'));
  },
);

it.skipIf(!isInstalled('curl'))('docs/guides/connect-an-app.md lets a service act for itself', async () => {
  const guide = open('docs/guides/connect-an-app.md');
  const [, forRecoveries = '', service = ''] = guide.blocks('sh');
  expect(await guide.shell(forRecoveries)).toContain('App made.');
  const told = JSON.parse(await guide.shell(service)) as Record<string, unknown>;
  expect(told).toMatchObject({ active: true, token_type: 'Bearer' });
  expect(told.sub).toBe(told.client_id);
});

it('docs/guides/connect-an-app.md makes an app that signs its users in and out', async () => {
  await server.json(['users', 'create', '--email', 'bob@example.com', '--password-stdin'], PASSWORD);
  const port = String(await freePort());
  const guide = open('docs/guides/connect-an-app.md', {
    'localhost:3000': `localhost:${port}`,
    'listen(3000)': `listen(${port})`,
  });
  const [register = ''] = guide.blocks('sh');
  const client = JSON.parse(await guide.shell(register)) as { clientID: string; clientSecret: string };

  const [code = ''] = guide.blocks('ts');
  const env = { CLIENT_ID: client.clientID, CLIENT_SECRET: client.clientSecret };
  const app = guide.program('app.ts', code, env);
  const ended = once(app, 'exit').then(async () => {
    throw new Error(`the app ended: ${app.stderr ? await text(app.stderr) : ''}`);
  });
  ended.catch(() => {});
  await Promise.race([untilItAnswers(`http://localhost:${port}/`), ended]);

  const login = await browser.open(`http://localhost:${port}/`);
  const inside = await browser.signIn(login, 'bob@example.com', PASSWORD);
  expect(inside.heading).toBe('Hello bob@example.com');

  const logout = /<a href="([^"]+)">Sign out/.exec(inside.html)?.[1] ?? '';
  const question = await browser.open(logout);
  const outside = await browser.send(question, { logout: 'yes' });
  expect(outside.url.href).toBe(`http://localhost:${port}/signed-out`);
  expect(outside.html).toBe('Signed out');
});
