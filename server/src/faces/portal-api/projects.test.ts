import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestBrowser, type TestPortal, testPortal } from '../../../../tests/support/portal.ts';

let portal: TestPortal;
let ownerID: string;
let owner: TestBrowser;

beforeAll(async () => {
  portal = await testPortal();
  ownerID = await portal.addOperator('owner@example.com');
  owner = portal.browser();
  await owner.signIn(ownerID);
});
afterAll(() => portal.stop());

const create = (body: unknown, browser = owner) => browser.post('/portal/api/projects', body);
const count = async () => (await portal.projects.list()).length;

describe('a project', () => {
  test('is made by an owner of home, who owns it', async () => {
    const answer = await create({ name: ' Wiki ', origin: 'https://id.wiki.example/' });
    expect(answer.status).toBe(200);
    const { projectID } = answer.json;
    expect(await portal.projects.get(projectID)).toMatchObject({
      name: 'Wiki',
      origin: 'https://id.wiki.example',
    });
    expect(await portal.projects.collaborators.listFor(projectID)).toMatchObject([
      { userID: ownerID, role: 'owner' },
    ]);
    const { json } = await owner.get('/portal/api/me');
    expect(json).toMatchObject({ createsProjects: true });
    expect(json.projects.map(({ id }: { id: string }) => id)).toContain(projectID);
  });

  test('without an origin answers below localhost', async () => {
    const { json } = await create({ name: 'Shop', origin: '  ' });
    expect((await portal.projects.get(json.projectID)).origin).toBe(
      `http://${json.projectID}.localhost:4000`,
    );
  });

  test.each<[string, string, string | undefined, unknown]>([
    ['no name', 'InvalidProject', 'name', { name: ' ' }],
    ['a name of two lines', 'InvalidProject', 'name', { name: 'a\nb' }],
    ['a long name', 'InvalidProject', 'name', { name: 'x'.repeat(101) }],
    ['what is no origin', 'InvalidProject', 'origin', { name: 'A', origin: 'https://a.example/path' }],
    ['another scheme', 'InvalidProject', 'origin', { name: 'A', origin: 'javascript:alert(1)' }],
    ['http on a public host', 'InvalidProject', 'origin', { name: 'A', origin: 'http://a.example' }],
    ['a user in it', 'InvalidProject', 'origin', { name: 'A', origin: 'https://me@a.example' }],
    ['what another owns', 'ProjectOriginTaken', undefined, { name: 'A', origin: 'https://taken.example' }],
    ["home's own", 'ProjectOriginTaken', undefined, { name: 'A', origin: 'http://127.0.0.1:4000' }],
    ['no text for a name', 'InvalidRequestBody', undefined, { name: 7 }],
    ['no text for an origin', 'InvalidRequestBody', undefined, { name: 'A', origin: null }],
    ['a list', 'InvalidRequestBody', undefined, []],
  ])('with %s is refused, and none is made', async (_, reason, field, body) => {
    if (reason === 'ProjectOriginTaken' && !(await portal.projects.byHost('taken.example'))) {
      await create({ name: 'Taken', origin: 'https://taken.example' });
    }
    const before = await count();
    const { error } = (await create(body)).json;
    expect([error.reason, error.info?.field]).toEqual([reason, field]);
    expect(await count()).toBe(before);
  });

  test('is made by nobody else', async () => {
    const others = [
      await portal.addOperator('editor@example.com', 'editor'),
      await portal.addOperator(
        'shopkeeper@example.com',
        'owner',
        (await create({ name: 'S' })).json.projectID,
      ),
    ];
    const before = await count();
    for (const userID of others) {
      const browser = portal.browser();
      await browser.signIn(userID);
      const answer = await create({ name: 'Mine' }, browser);
      expect([answer.status, answer.json.error.reason]).toEqual([403, 'RoleInsufficient']);
      expect((await browser.get('/portal/api/me')).json.createsProjects).toBe(false);
    }
    expect((await create({ name: 'Mine' }, portal.browser())).status).toBe(401);
    const forged = await owner.post(
      '/portal/api/projects',
      { name: 'Mine' },
      { origin: 'https://evil.example' },
    );
    expect(forged.json.error.reason).toBe('ForgedRequest');
    expect(await count()).toBe(before);
  });
});

test('who is taken off a project reaches it no more at the next request', async () => {
  const { projectID } = (await create({ name: 'Left' })).json;
  const userID = await portal.addOperator('leaver@example.com', 'editor', projectID);
  const browser = portal.browser();
  await browser.signIn(userID);
  const ask = () => browser.post(`/portal/api/${projectID}/graphql`, { query: '{ __typename }' });
  expect((await ask()).status).toBe(200);
  const acting = { actor: { type: 'operator', userID: ownerID }, origin: {} } as const;
  await portal.projects.collaborators.remove({ projectID, userID }, acting);
  expect((await ask()).json.error.reason).toBe('ProjectNotFound');
});
