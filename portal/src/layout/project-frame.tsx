import { useParams } from '@tanstack/react-router';
import { type MyProject, useMe } from '../api/me.ts';
import { NoProject } from './no-project.tsx';
import { PageNotFound } from './page-not-found.tsx';
import { Shell } from './shell.tsx';

/** The project that the address names. Only below the project's route, where the operator may see it. */
export function useProject(): MyProject {
  const { projectID } = useParams({ from: '/project/$projectID' });
  const found = useMe().projects.find(({ id }) => id === projectID);
  if (!found) throw new Error(`No access to project ${projectID}`);
  return found;
}

/** Lets only collaborators into a project; the others see the same page as for an address that is not. */
export function ProjectFrame() {
  const { projectID } = useParams({ from: '/project/$projectID' });
  const { projects } = useMe();
  const project = projects.find(({ id }) => id === projectID);
  if (project) return <Shell project={project} />;
  return projects.length === 0 ? <NoProject /> : <PageNotFound standalone />;
}
