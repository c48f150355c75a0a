import type { CodeDeps, CodeTaskDeps } from '../codes/index.ts';
import type { PasswordDeps } from '../passwords/index.ts';
import type { Project, Projects } from '../projects/index.ts';

/** What the acts of a recovery need. */
export interface RecoveryDeps extends PasswordDeps, CodeDeps {}

/** What sending needs. */
export interface SendDeps extends Pick<CodeTaskDeps, 'clock' | 'secrets'> {
  project: Project;
  projects: Pick<Projects, 'settings'>;
}
