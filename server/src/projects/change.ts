import type { ProjectDb } from '../platform/database/index.ts';
import type { ProjectsDeps } from './deps.ts';
import type { Project } from './model.ts';
import { projectStore } from './store.ts';

/**
 * Runs a change of something that processes cache of a project, in one transaction with raising its
 * revision. The revision's row is written first, so that two changes of one project come one after the other.
 */
export function changeProject<T>(
  { database, clock }: Pick<ProjectsDeps, 'database' | 'clock'>,
  project: Pick<Project, 'id'>,
  work: (tx: ProjectDb) => Promise<T>,
): Promise<T> {
  return database.forProject(project.id).transaction(async (tx) => {
    await projectStore(tx.kysely).raiseRevision(project.id, clock.now());
    return work(tx);
  });
}
