import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import type { Acting } from '../audit/index.ts';
import { manualClock } from '../platform/clock.ts';
import { createSecrets } from '../platform/secrets.ts';
import { createProjects, HOME, type Projects } from './index.ts';

const acting: Acting = { actor: { type: 'command_line' }, origin: {} };
const clock = manualClock();
const secrets = createSecrets('a-secret-of-at-least-32-bytes-long!!');
let test: TestDatabase;
let projects: Projects;

/** Another process on the same database. */
const another = (config: { port: number; publicOrigin?: URL } = { port: 4000 }): Projects =>
  createProjects({ database: test.database, clock, secrets, config });

beforeAll(async () => {
  test = await testDatabase();
  projects = another();
  await projects.ensureHome();
});
afterAll(() => test.stop());

describe('the project of a host', () => {
  it.each(['localhost:4000', '127.0.0.1:4000', '[::1]:4000', 'LOCALHOST', 'localhost:9'])(
    'is home for the loopback name %s',
    async (host) => expect((await projects.byHost(host))?.id).toBe(HOME),
  );

  it.each([
    'evil.example',
    '',
    'localhost:4000/x',
    'a@localhost',
    'localhost\\evil',
    '127.0.0.1.evil.example',
  ])('is nobody for %j', async (host) => expect(await projects.byHost(host)).toBeUndefined());

  it('is home for its public origin alone, once there is one', async () => {
    const there = another({ port: 4000, publicOrigin: new URL('https://login.example.com') });
    expect((await there.byHost('login.example.com'))?.origin).toBe('https://login.example.com');
    expect((await there.byHost('login.example.com:443'))?.id).toBe(HOME);
    expect(await there.byHost('localhost:4000')).toBeUndefined();
    expect(await there.byHost('login.example.com:4000')).toBeUndefined();
  });

  it('is another project by its origin, or by its id below localhost', async () => {
    const shop = await projects.create(
      { name: 'Shop', id: 'shop', origin: 'https://id.shop.example' },
      acting,
    );
    const wiki = await projects.create({ name: 'Wiki', id: 'wiki' }, acting);
    expect((await projects.byHost('id.shop.example'))?.id).toBe(shop.id);
    expect((await projects.byHost('wiki.localhost:4000'))?.origin).toBe(wiki.origin);
    expect(await projects.byHost('wiki.localhost:4001')).toBeUndefined();
    expect(await projects.byHost('shop.localhost:4000')).toBeUndefined();
  });
});

describe('making a project', () => {
  const reasonOf = (input: { name: string; id?: string; origin?: string }) =>
    projects.create(input, acting).then(
      () => 'made',
      (error: { reason: string }) => error.reason,
    );

  it.each([
    [{ name: '' }, 'InvalidProject'],
    [{ name: 'two\nlines' }, 'InvalidProject'],
    [{ name: 'A', id: 'Not-lower' }, 'InvalidProject'],
    [{ name: 'A', id: 'home' }, 'ProjectExists'],
    [{ name: 'A', origin: 'https://a.example/path' }, 'InvalidProject'],
    [{ name: 'A', origin: 'http://a.example' }, 'InvalidProject'],
    [{ name: 'A', origin: 'http://localhost:4000' }, 'ProjectOriginTaken'],
  ])('refuses %j', async (input, reason) => {
    const before = (await projects.list()).length;
    expect(await reasonOf(input)).toBe(reason);
    expect(await projects.list()).toHaveLength(before);
  });

  it('refuses an id or an origin that is taken', async () => {
    await projects.create({ name: 'One', id: 'one', origin: 'https://one.example' }, acting);
    expect(await reasonOf({ name: 'One', id: 'one' })).toBe('ProjectExists');
    expect(await reasonOf({ name: 'Two', id: 'two', origin: 'https://one.example' })).toBe(
      'ProjectOriginTaken',
    );
  });

  it('refuses a host that another project answers under, however it came by it', async () => {
    await projects.create({ name: 'Forum', id: 'forum' }, acting);
    await projects.create({ name: 'Chat', id: 'chat', origin: 'http://news.localhost:4000' }, acting);
    await projects.create({ name: 'Bank', id: 'bank', origin: 'https://bank.localhost:8443' }, acting);
    for (const input of [
      { name: 'Mallory', origin: 'http://forum.localhost:4000' },
      { name: 'Mallory', origin: 'https://forum.localhost:4000' },
      { name: 'Mallory', id: 'news' },
      { name: 'Mallory', origin: 'http://bank.localhost:8443' },
    ]) {
      expect([input, await reasonOf(input)]).toEqual([input, 'ProjectOriginTaken']);
    }
    expect((await projects.byHost('forum.localhost:4000'))?.id).toBe('forum');
    expect((await projects.byHost('news.localhost:4000'))?.id).toBe('chat');
  });

  it('makes an id of the name that nobody has yet', async () => {
    const [one, two] = [
      await projects.create({ name: 'Ünïcode & Söhne' }, acting),
      await projects.create({ name: 'Ünïcode & Söhne' }, acting),
    ];
    expect(one.id).toMatch(/^unicode-sohne-[0-9a-f]{6}$/);
    expect(two.id).not.toBe(one.id);
  });
});

describe('what processes keep of a project', () => {
  it('is seen anew by another process at its next look-up of the project', async () => {
    const other = another();
    const seen = async () => (await other.settings(await other.get(HOME))).passwords.min_length;
    expect(await seen()).toBe(8);
    await projects.setSetting(await projects.get(HOME), 'passwords.min_length', 12, acting);
    expect(await seen()).toBe(12);
  });

  it('holds for a key made or revoked elsewhere as well', async () => {
    const other = another();
    const keysThere = async () => other.adminKeys(await other.get(HOME));
    const { keyID } = await projects.adminKeys(await projects.get(HOME)).create(acting);
    expect((await (await keysThere()).find(keyID))?.revokedAt).toBeNull();
    await projects.adminKeys(await projects.get(HOME)).revoke(keyID, acting);
    expect((await (await keysThere()).find(keyID))?.revokedAt).toBeInstanceOf(Date);
  });
});

it('keeps keys of one project from another', async () => {
  const there = await projects.create({ name: 'There', id: 'there' }, acting);
  const { keyID } = await projects.adminKeys(there).create(acting);
  const home = await projects.get(HOME);
  expect(await projects.adminKeys(home).find(keyID)).toBeUndefined();
  await expect(projects.adminKeys(home).revoke(keyID, acting)).rejects.toMatchObject({
    reason: 'AdminKeyNotFound',
  });
  expect((await projects.adminKeys(there).find(keyID))?.revokedAt).toBeNull();
});

it('seals signing keys and opens them again, the same for every process', async () => {
  const home = await projects.get(HOME);
  const keys = await projects.signingKeys(home).jwks();
  expect(keys.map(({ alg }) => alg)).toEqual(['RS256', 'RS256']);
  expect(await another().signingKeys(home).jwks()).toEqual(keys);
  const { rows } = await test.database.acrossProjects
    .selectFrom('signing_keys')
    .select('private_sealed')
    .execute()
    .then((found) => ({ rows: found }));
  for (const { private_sealed } of rows) expect(private_sealed).not.toContain('PRIVATE KEY');
});
