import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AdminApiBench, type Answer, adminApiBench } from '../../../../tests/support/admin-api.ts';
import { globalID } from '../../platform/ids.ts';
import type { Role } from '../../projects/index.ts';
import type { Operator } from './index.ts';

const LIST = '{ collaborators { id userID name email role createdAt } }';
const ADD = `mutation ($email: String!, $role: CollaboratorRole!) { addCollaborator(input: {email: $email, role: $role}) {
  collaborator { id name email role } isNewUser isMailed password } }`;
const CHANGE = `mutation ($id: ID!, $role: CollaboratorRole!) {
  changeCollaboratorRole(input: {collaboratorID: $id, role: $role}) { collaborator { id role } } }`;
const REMOVE = 'mutation ($id: ID!) { removeCollaborator(input: {collaboratorID: $id}) { ok } }';

let bench: AdminApiBench;
let owner: Operator;
let shopOwner: Operator;

beforeAll(async () => {
  bench = await adminApiBench();
  await bench.key('shop');
  owner = await bench.addOperator('owner@example.com', 'home', 'owner');
  shopOwner = await bench.addOperator('shop-owner@example.com', 'shop', 'owner');
});
afterAll(() => bench.stop());

beforeEach(() => {
  const passwordProvedAt = bench.clock.now();
  owner = { ...owner, passwordProvedAt };
  shopOwner = { ...shopOwner, passwordProvedAt };
});

const idOf = ({ userID }: Pick<Operator, 'userID'>) => globalID('Collaborator', userID);
const roleOf = ({ userID }: Pick<Operator, 'userID'>, projectID = 'shop') =>
  bench.projects.collaborators.roleOf(projectID, userID);

let people = 0;
const colleague = (role: Role, projectID = 'shop') =>
  bench.addOperator(`colleague-${++people}@example.com`, projectID, role);

async function expectRefusal(
  request: () => Promise<Answer>,
  [errorName, reason]: [string, string],
): Promise<void> {
  const before = await bench.everything();
  const answer = await request();
  expect(answer.errors).toMatchObject([{ extensions: { errorName, reason } }]);
  expect(await bench.everything()).toBe(before);
}

describe('the list', () => {
  it('names everybody who works on this project, and nobody of another, to each of them', async () => {
    const viewer = await colleague('viewer');
    const { data } = await bench.askAs(viewer, 'shop', LIST);
    expect(data.collaborators[0]).toEqual({
      id: idOf(shopOwner),
      userID: globalID('User', shopOwner.userID),
      name: 'shop-owner@example.com',
      email: 'shop-owner@example.com',
      role: 'OWNER',
      createdAt: expect.any(String),
    });
    const emails = data.collaborators.map(({ email }: { email: string }) => email);
    expect(emails).toContain(`colleague-${people}@example.com`);
    expect(emails).not.toContain('owner@example.com');
  });

  it('is not for keys', async () =>
    expectRefusal(() => bench.ask('shop', LIST), ['Forbidden', 'OperatorRequired']));
});

describe('adding', () => {
  it('makes an account that gets its password by mail, and must choose another', async () => {
    const input = { email: 'new-hire@example.com', role: 'EDITOR' };
    const { data, errors } = await bench.askAs(shopOwner, 'shop', ADD, input);
    expect(errors).toBeUndefined();
    expect(data.addCollaborator).toMatchObject({
      collaborator: { name: 'new-hire@example.com', email: 'new-hire@example.com', role: 'EDITOR' },
      isNewUser: true,
      isMailed: true,
      password: null,
    });
    const [message] = await bench
      .db('home')
      .kysely.selectFrom('messages')
      .select(['type', 'recipient', 'payload', 'secret_sealed'])
      .where('project_id', '=', 'home')
      .execute();
    expect(message).toMatchObject({
      type: 'operator_created',
      recipient: 'new-hire@example.com',
      payload: { loginID: 'new-hire@example.com', mustChange: true, worksOn: 'Shop' },
      secret_sealed: expect.any(String),
    });
    const [password] = await bench
      .db('home')
      .kysely.selectFrom('authenticators')
      .select('expire_after')
      .where('project_id', '=', 'home')
      .execute();
    expect(password?.expire_after).toEqual(bench.clock.now());
  });

  it('takes a user of home as they are, whatever way the address is written', async () => {
    const userID = await bench.addUser('home', 'carol@example.com');
    const { data } = await bench.askAs(shopOwner, 'shop', ADD, {
      email: ' Carol@EXAMPLE.com ',
      role: 'VIEWER',
    });
    expect(data.addCollaborator).toMatchObject({ isNewUser: false, isMailed: false, password: null });
    expect(await roleOf({ userID })).toBe('viewer');
  });

  it('refuses who works there already, what is no address, and who may not be acted on', async () => {
    const already = { email: 'shop-owner@example.com', role: 'VIEWER' };
    await expectRefusal(
      () => bench.askAs(shopOwner, 'shop', ADD, already),
      ['AlreadyExists', 'CollaboratorExists'],
    );
    await expectRefusal(
      () => bench.askAs(shopOwner, 'shop', ADD, { email: 'nobody', role: 'VIEWER' }),
      ['Invalid', 'InvalidLoginID'],
    );
    await expectRefusal(
      () => bench.askAs(shopOwner, 'shop', ADD, { email: 'owner@example.com', role: 'OWNER' }),
      ['Forbidden', 'MayNotActOnCollaborator'],
    );
  });
});

describe('changing and removing', () => {
  it('does it', async () => {
    const editor = await colleague('editor');
    const changed = await bench.askAs(shopOwner, 'shop', CHANGE, { id: idOf(editor), role: 'OWNER' });
    expect(changed.data.changeCollaboratorRole.collaborator).toEqual({ id: idOf(editor), role: 'OWNER' });
    const removed = await bench.askAs(shopOwner, 'shop', REMOVE, { id: idOf(editor) });
    expect(removed.data.removeCollaborator).toEqual({ ok: true });
    expect(await roleOf(editor)).toBeUndefined();
  });

  it.each(['home', 'shop'])('keeps the last owner of %s', async (projectID) => {
    const last = projectID === 'home' ? owner : shopOwner;
    const refused: [string, string] = ['Forbidden', 'LastOwner'];
    await expectRefusal(
      () => bench.askAs(last, projectID, CHANGE, { id: idOf(last), role: 'EDITOR' }),
      refused,
    );
    await expectRefusal(() => bench.askAs(last, projectID, REMOVE, { id: idOf(last) }), refused);
  });

  it('finds nobody of another project, and tells what is no id', async () => {
    const notFound: [string, string] = ['NotFound', 'CollaboratorNotFound'];
    await expectRefusal(() => bench.askAs(shopOwner, 'shop', REMOVE, { id: idOf(owner) }), notFound);
    await expectRefusal(
      () => bench.askAs(shopOwner, 'shop', CHANGE, { id: idOf(owner), role: 'VIEWER' }),
      notFound,
    );
    for (const id of ['', 'x', '\0', globalID('User', owner.userID), globalID('Collaborator', '1')]) {
      await expectRefusal(
        () => bench.askAs(shopOwner, 'shop', REMOVE, { id }),
        ['Invalid', 'InvalidCollaboratorID'],
      );
    }
  });
});

describe('each change', () => {
  const changes = (): [string, Record<string, unknown>][] => [
    [ADD, { email: 'somebody@example.com', role: 'VIEWER' }],
    [CHANGE, { id: idOf(shopOwner), role: 'EDITOR' }],
    [REMOVE, { id: idOf(shopOwner) }],
  ];

  it('is refused to keys, viewers and editors', async () => {
    const others = [await colleague('viewer'), await colleague('editor')];
    for (const [query, variables] of changes()) {
      await expectRefusal(() => bench.ask('shop', query, variables), ['Forbidden', 'OperatorRequired']);
      for (const other of others) {
        await expectRefusal(
          () => bench.askAs(other, 'shop', query, variables),
          ['Forbidden', 'RoleInsufficient'],
        );
      }
    }
  });

  it('asks an owner for the password again after ten minutes', async () => {
    const long = { ...shopOwner, passwordProvedAt: new Date(bench.clock.now().getTime() - 10 * 60_000 - 1) };
    for (const [query, variables] of changes()) {
      await expectRefusal(
        () => bench.askAs(long, 'shop', query, variables),
        ['Forbidden', 'ReauthenticationRequired'],
      );
    }
  });
});

describe('the audit log', () => {
  it('names who did it, whoever that is', async () => {
    const viewer = await colleague('viewer');
    await bench.askAs(shopOwner, 'shop', CHANGE, { id: idOf(viewer), role: 'EDITOR' });
    const query =
      '{ auditLogs(first: 100) { edges { node { activityType operatorName actor { type id name } } } } }';
    const { data } = await bench.askAs(viewer, 'shop', query);
    const actors = new Map(
      data.auditLogs.edges
        .toReversed()
        .map(({ node }: { node: { activityType: string } }) => [node.activityType, node]),
    );
    expect(actors.get('COLLABORATOR_ROLE_CHANGED')).toMatchObject({
      operatorName: `colleague-${people}@example.com`,
      actor: { type: 'OPERATOR', id: shopOwner.userID, name: 'shop-owner@example.com' },
    });
    expect(actors.get('PROJECT_CREATED')).toMatchObject({
      operatorName: null,
      actor: { type: 'COMMAND_LINE', id: null, name: null },
    });
  });
});
