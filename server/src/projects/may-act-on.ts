import type { Actor } from '../audit/index.ts';
import { mayNotActOnCollaborator } from './errors.ts';
import { type Collaborator, HOME, type Project, reaches } from './model.ts';

/** What the guard has to know. */
interface Collaborations {
  projectsOf(homeUserID: string): Promise<Collaborator[]>;
}

/**
 * The one guard before every change of a user, whichever field it changes. The user themself, the command
 * line and the system pass. A collaborator of projects may be changed only by an operator whose role in each
 * of those projects is at least the collaborator's, and never by an API key. What the actor may do to users
 * at all is the role's matter, not this guard's.
 *
 * @throws Forbidden `MayNotActOnCollaborator`
 */
export async function mayActOn(
  collaborators: Collaborations,
  actor: Actor,
  project: Pick<Project, 'id'>,
  userID: string,
): Promise<void> {
  if (actor.type === 'command_line' || actor.type === 'system') return;
  if (actor.type === 'user') {
    if (actor.userID === userID) return;
    throw mayNotActOnCollaborator('a user may change their own account only');
  }
  if (project.id !== HOME) return;
  if (actor.type === 'operator' && actor.userID === userID) return;
  const theirs = await collaborators.projectsOf(userID);
  if (theirs.length === 0) return;
  if (actor.type === 'admin_api') {
    throw mayNotActOnCollaborator(
      'this user works on projects of this server, and an API key may not change them',
    );
  }
  const own = new Map(
    (await collaborators.projectsOf(actor.userID)).map(({ projectID, role }) => [projectID, role]),
  );
  if (!theirs.every(({ projectID, role }) => reaches(own.get(projectID), role))) {
    throw mayNotActOnCollaborator(
      'this user works on a project in which your role is lower than theirs: ask one of its owners',
    );
  }
}
