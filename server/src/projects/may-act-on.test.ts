import { describe, expect, it } from 'vitest';
import type { Actor } from '../audit/index.ts';
import { mayActOn } from './may-act-on.ts';
import { type Collaborator, HOME, type Role } from './model.ts';

/** Who works on what: user → project → role. */
const work: Record<string, Record<string, Role>> = {
  owner: { home: 'owner', shop: 'owner' },
  editor: { home: 'editor' },
  shopOwner: { shop: 'owner' },
  viewer: { home: 'viewer' },
};

const collaborators = {
  projectsOf: async (userID: string): Promise<Collaborator[]> =>
    Object.entries(work[userID] ?? {}).map(([projectID, role]) => ({
      projectID,
      userID,
      role,
      createdAt: new Date(0),
    })),
};

const answer = (actor: Actor, userID: string, projectID = HOME): Promise<string> =>
  mayActOn(collaborators, actor, { id: projectID }, userID).then(
    () => 'may',
    (error: { reason: string }) => error.reason,
  );

const operator = (userID: string): Actor => ({ type: 'operator', userID });
const key: Actor = { type: 'admin_api', keyID: 'k' };
const REFUSED = 'MayNotActOnCollaborator';

describe('an operator', () => {
  it.each([
    ['editor', 'nobody', 'may'],
    ['editor', 'viewer', 'may'],
    ['editor', 'editor', 'may'],
    ['editor', 'owner', REFUSED],
    ['editor', 'shopOwner', REFUSED],
    ['owner', 'editor', 'may'],
    ['owner', 'shopOwner', 'may'],
    ['shopOwner', 'owner', REFUSED],
    ['viewer', 'editor', REFUSED],
  ])('%s on %s: %s', async (actor, user, expected) =>
    expect(await answer(operator(actor), user)).toBe(expected),
  );
});

it('lets an API key act on users, never on a collaborator', async () => {
  expect(await answer(key, 'nobody')).toBe('may');
  expect(await answer(key, 'viewer')).toBe(REFUSED);
});

it('guards users of the home project only: collaborators are users of home', async () => {
  expect(await answer(key, 'owner', 'shop')).toBe('may');
});

it('lets users change themselves and nobody else', async () => {
  expect(await answer({ type: 'user', userID: 'owner' }, 'owner')).toBe('may');
  expect(await answer({ type: 'user', userID: 'a' }, 'b')).toBe(REFUSED);
});

it('lets the command line and the system pass: they hold the database anyway', async () => {
  expect(await answer({ type: 'command_line' }, 'owner')).toBe('may');
  expect(await answer({ type: 'system' }, 'owner')).toBe('may');
});
