import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { type Acting, auditStore, ensureAuditPartitions } from '../audit/index.ts';
import { manualClock } from '../platform/clock.ts';
import { newID } from '../platform/ids.ts';
import { createSecrets } from '../platform/secrets.ts';
import { createProjects, type Projects, type Role } from './index.ts';

const acting: Acting = { actor: { type: 'command_line' }, origin: {} };
const clock = manualClock();
const secrets = createSecrets('a-secret-of-at-least-32-bytes-long!!');
let test: TestDatabase;
let projects: Projects;
let owner: string;
let shops = 0;
let shop: string;

beforeAll(async () => {
  test = await testDatabase();
  projects = createProjects({ database: test.database, clock, secrets, config: { port: 4000 } });
  await ensureAuditPartitions(test.database, clock);
  await projects.ensureHome();
});
afterAll(() => test.stop());

const add = async (role: Role, projectID = shop): Promise<string> => {
  const userID = newID(clock);
  await projects.collaborators.add({ projectID, userID, role }, acting);
  return userID;
};
const roleOf = (userID: string, projectID = shop) => projects.collaborators.roleOf(projectID, userID);
const as = (userID: string): Acting => ({ actor: { type: 'operator', userID }, origin: {} });
const log = async (projectID = shop) => {
  const { items } = await auditStore(test.database.forProject(projectID)).page({}, { limit: 2 });
  return items.map(({ activityType, data }) => ({ activityType, data }));
};

beforeEach(async () => {
  shop = `shop-${++shops}`;
  await projects.create({ name: 'Shop', id: shop }, acting);
  owner = await add('owner');
});

describe('a role', () => {
  it('is changed, removed, and each is recorded', async () => {
    const userID = await add('viewer');
    await projects.collaborators.changeRole({ projectID: shop, userID, role: 'editor' }, as(owner));
    expect(await roleOf(userID)).toBe('editor');
    await projects.collaborators.remove({ projectID: shop, userID }, as(owner));
    expect(await roleOf(userID)).toBeUndefined();
    expect(await log()).toEqual([
      { activityType: 'PROJECT_COLLABORATOR_DELETED', data: { user_id: userID, role: 'editor' } },
      { activityType: 'COLLABORATOR_ROLE_CHANGED', data: { user_id: userID, from: 'viewer', to: 'editor' } },
    ]);
  });

  it('that somebody has already is not given again, nor recorded', async () => {
    const before = await log();
    await projects.collaborators.add({ projectID: shop, userID: owner, role: 'owner' }, acting);
    expect(await log()).toEqual(before);
  });

  it('of nobody is neither changed nor removed, nor one of another project', async () => {
    const elsewhere = await add('editor', 'home');
    const stranger = [newID(clock), elsewhere];
    for (const userID of stranger) {
      await expect(
        projects.collaborators.changeRole({ projectID: shop, userID, role: 'viewer' }, acting),
      ).rejects.toMatchObject({ kind: 'NotFound', reason: 'CollaboratorNotFound' });
      await expect(projects.collaborators.remove({ projectID: shop, userID }, acting)).rejects.toMatchObject({
        reason: 'CollaboratorNotFound',
      });
    }
    expect(await roleOf(elsewhere, 'home')).toBe('editor');
  });
});

describe('the last owner', () => {
  const refused = { kind: 'Forbidden', reason: 'LastOwner' };

  it.each(['viewer', 'editor'] as const)('is not lowered to %s, in whichever way', async (role) => {
    const place = { projectID: shop, userID: owner, role };
    await expect(projects.collaborators.add(place, acting)).rejects.toMatchObject(refused);
    await expect(projects.collaborators.changeRole(place, as(owner))).rejects.toMatchObject(refused);
    expect(await roleOf(owner)).toBe('owner');
  });

  it('is not removed, not even by themself', async () => {
    const place = { projectID: shop, userID: owner };
    await expect(projects.collaborators.remove(place, as(owner))).rejects.toMatchObject(refused);
    expect(await roleOf(owner)).toBe('owner');
  });

  it('is not the last while there is another', async () => {
    const other = await add('owner');
    await projects.collaborators.remove({ projectID: shop, userID: owner }, as(other));
    await expect(
      projects.collaborators.remove({ projectID: shop, userID: other }, as(other)),
    ).rejects.toMatchObject(refused);
  });

  it('is one of two who remove each other at once', async () => {
    const other = await add('owner');
    const outcomes = await Promise.allSettled([
      projects.collaborators.remove({ projectID: shop, userID: owner }, as(other)),
      projects.collaborators.changeRole({ projectID: shop, userID: other, role: 'viewer' }, as(owner)),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const owners = (await projects.collaborators.listFor(shop)).filter(({ role }) => role === 'owner');
    expect(owners).toHaveLength(1);
  });
});

describe('somebody who has a higher role elsewhere', () => {
  it('is lowered and removed by an owner of the project alone, but raised only by who may act on them', async () => {
    const userID = await add('editor');
    await add('owner', 'home');
    await projects.collaborators.add({ projectID: 'home', userID, role: 'owner' }, acting);
    const change = (role: Role) =>
      projects.collaborators.changeRole({ projectID: shop, userID, role }, as(owner));
    await expect(change('owner')).rejects.toMatchObject({ reason: 'MayNotActOnCollaborator' });
    expect(await roleOf(userID)).toBe('editor');
    await change('viewer');
    expect(await roleOf(userID)).toBe('viewer');
    await projects.collaborators.remove({ projectID: shop, userID }, as(owner));
    expect(await roleOf(userID, 'home')).toBe('owner');
  });
});
