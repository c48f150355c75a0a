import { type Acting, recordAudit } from '../audit/index.ts';
import { changeProject } from './change.ts';
import type { ProjectsDeps } from './deps.ts';
import type { Project } from './model.ts';
import { checkProjectName } from './project-name.ts';
import { projectStore } from './store.ts';

/**
 * Gives a project another name. Its id and its origin stay.
 * @throws Invalid `InvalidProject`
 */
export async function renameProject(
  deps: ProjectsDeps,
  project: Pick<Project, 'id'>,
  text: string,
  acting: Acting,
): Promise<void> {
  const name = checkProjectName(text);
  const { clock } = deps;
  await changeProject(deps, project, async (tx) => {
    const store = projectStore(tx.kysely);
    const before = await store.find(project.id);
    if (before?.name === name) return;
    await store.rename(project.id, name, clock.now());
    await recordAudit(tx, clock, {
      activityType: 'PROJECT_RENAMED',
      acting,
      data: { from: before?.name ?? null, to: name },
    });
  });
}
