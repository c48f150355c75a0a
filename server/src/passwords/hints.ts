import type { Project } from '../projects/index.ts';
import type { Identity } from '../users/index.ts';
import type { PolicyHints } from './model.ts';

/** The words of a user that no password of theirs may contain: each login id as typed and as stored. */
export function hintsOf(
  project: Pick<Project, 'name'>,
  identities: readonly Pick<Identity, 'type' | 'original' | 'normalized'>[],
): PolicyHints {
  const loginIDs = identities.filter(({ type }) => type !== 'oauth');
  return {
    loginIDs: [...new Set(loginIDs.flatMap(({ original, normalized }) => [original, normalized]))],
    projectName: project.name,
  };
}
