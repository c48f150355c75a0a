import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AdminActs, adminActs } from '../../../../tests/support/admin-acts.ts';
import { type AdminApiBench, adminApiBench, userGlobalID } from '../../../../tests/support/admin-api.ts';
import { randomToken } from '../../platform/ids.ts';
import { searchUsers, userStore } from '../../users/index.ts';

const PROFILE = 'user { id formattedName standardAttributes customAttributes updatedAt }';
let bench: AdminApiBench;
let acts: AdminActs;
let email: string;
let ada: string;

beforeAll(async () => {
  bench = await adminApiBench();
  acts = adminActs(bench);
});
beforeEach(async () => {
  email = `${randomToken(6)}@example.com`.toLowerCase();
  ada = await bench.addUser('home', email, `second-${email}`);
});
afterAll(() => bench.stop());

const input = (standardAttributes: unknown, more = {}) => ({
  userID: userGlobalID(ada),
  standardAttributes,
  ...more,
});
const update = (standardAttributes: unknown) => acts.does('updateUser', input(standardAttributes), PROFILE);
const found = async (keyword: string) => {
  const page = await searchUsers(bench.db('home'), {
    keyword,
    sortBy: 'CREATED_AT',
    sortDirection: 'DESC',
    limit: 10,
    backward: false,
  });
  return page.items.map(({ id }) => id);
};

describe('updateUser', () => {
  it('puts the attributes in the place of all there were, and records their names but not what they say', async () => {
    await update({ given_name: 'Augusta', nickname: 'Ada', locale: 'de' });
    bench.clock.advance(1_000);
    const answer = await update({ given_name: 'Augusta', family_name: 'King', locale: 'de' });
    expect(answer.user).toEqual({
      id: userGlobalID(ada),
      formattedName: 'Augusta King',
      standardAttributes: {
        given_name: 'Augusta',
        family_name: 'King',
        locale: 'de',
        email,
        email_verified: false,
        updated_at: Math.floor(bench.clock.now().getTime() / 1_000),
      },
      customAttributes: {},
      updatedAt: bench.clock.now().toISOString(),
    });
    const trail = await acts.trail(ada);
    expect(trail.slice(-2)).toMatchObject([
      { activityType: 'USER_PROFILE_UPDATED', data: { attributes: ['family_name', 'nickname'] } },
      { activityType: 'ADMIN_API_MUTATION_UPDATE_USER_EXECUTED' },
    ]);
    expect(JSON.stringify(trail)).not.toContain('Augusta');
  });

  it('keeps the search up with it, login ids included', async () => {
    const [first, second] = [randomToken(9), randomToken(9)];
    await update({ name: first });
    expect(await found(first)).toEqual([ada]);
    await update({ name: second });
    expect([await found(first), await found(second), await found(email)]).toEqual([[], [ada], [ada]]);
  });

  it('writes mails in the language of the profile from then on', async () => {
    const locale = async () => (await userStore(bench.db('home')).find(ada))?.locale;
    await update({ name: 'Ada' });
    expect(await locale()).toBeNull();
    await update({ locale: 'DE-at' });
    expect(await locale()).toBe('de-AT');
    await update({});
    expect(await locale()).toBeNull();
  });

  it('lets a login id be chosen that the user has, and falls back to the oldest', async () => {
    const chosen = await update({ email: `second-${email}` });
    expect(chosen.user.standardAttributes.email).toBe(`second-${email}`);
    expect((await update({})).user.standardAttributes.email).toBe(email);
    const error = await acts.refused('updateUser', input({ email: 'other@example.com' }));
    expect(error.extensions).toMatchObject({
      errorName: 'Invalid',
      reason: 'ValidationFailed',
      info: { causes: [{ location: '/email', kind: 'format' }] },
    });
  });

  it('takes back what it has shown', async () => {
    const { user } = await update({ name: 'Ada', address: { country: 'UK' } });
    expect((await update(user.standardAttributes)).user.standardAttributes).toEqual(user.standardAttributes);
  });

  it.each([undefined, null])('leaves everything as it is for %j', async (nothing) => {
    await update({ name: 'Ada' });
    const { user } = await update(nothing);
    expect(user.formattedName).toBe('Ada');
    expect((await acts.trail(ada)).at(-2)?.activityType).not.toBe('USER_PROFILE_UPDATED');
  });

  it('refuses what is none, naming all of it', async () => {
    const error = await acts.refused('updateUser', input({ shoe_size: 38, website: 'javascript:1' }));
    expect(error.message).toMatch(/"shoe_size".*"website"/);
    expect(error.extensions.info?.causes).toMatchObject([
      { location: '/shoe_size', kind: 'unknown' },
      { location: '/website', kind: 'format' },
    ]);
  });

  it('refuses a custom attribute, for a project defines none', async () => {
    const error = await acts.refused('updateUser', input({}, { customAttributes: { tenant: 'a' } }));
    expect(error.extensions).toMatchObject({
      reason: 'ValidationFailed',
      info: { causes: [{ location: '/tenant', kind: 'unknown' }] },
    });
    await acts.does('updateUser', input({}, { customAttributes: {} }));
  });

  it.each(['Ada', 7, ['name'], true])('refuses attributes that are no object: %j', async (attributes) => {
    const error = await acts.refused('updateUser', input(attributes));
    expect(error.extensions.reason).toBe('GraphQLValidationFailed');
  });

  it('reads attributes that stand in the document itself', async () => {
    const query = `mutation { updateUser(input: { userID: "${userGlobalID(ada)}",
      standardAttributes: { name: "Ada", address: { country: "UK" } } }) { user { standardAttributes } } }`;
    const { data } = await bench.ask('home', query);
    expect(data.updateUser.user.standardAttributes).toMatchObject({
      name: 'Ada',
      address: { country: 'UK' },
    });
  });

  it('acts neither on a collaborator, nor on who is anonymized, nor on the user of another project', async () => {
    const { userID } = await bench.addOperator(`${randomToken(6)}@example.com`, 'shop', 'viewer');
    const onOperator = { userID: userGlobalID(userID), standardAttributes: {} };
    expect((await acts.refused('updateUser', onOperator)).extensions.reason).toBe('MayNotActOnCollaborator');
    const query = 'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }';
    const { errors } = await bench.ask('shop', query, { input: input({}) });
    expect(errors?.[0]?.extensions.reason).toBe('UserNotFound');
    await bench
      .db('home')
      .kysely.updateTable('users')
      .set({ is_anonymized: true })
      .where('project_id', '=', 'home')
      .where('id', '=', ada)
      .execute();
    expect((await acts.refused('updateUser', input({ name: 'Ada' }))).extensions.reason).toBe(
      'UserIsAnonymized',
    );
  });
});
