export type { AdminKeys } from './admin-keys.ts';
export type { Collaborators } from './collaborators.ts';
export type { NewProject } from './create.ts';
export type { ProjectsDeps } from './deps.ts';
export type { FirstRun } from './first-run.ts';
export { reaches, requireRole } from './may-act-on.ts';
export { type AdminKey, type Collaborator, HOME, type Project, ROLES, type Role } from './model.ts';
export { createProjects, type Projects } from './projects.ts';
export { type RevisionCache, revisionCache } from './revision-cache.ts';
export { settingFromText } from './settings/check.ts';
export type {
  BrandingSettings,
  LoginSettings,
  MessageSettings,
  PasswordSettings,
  Settings,
} from './settings/index.ts';
export type { SigningKeys } from './signing-keys.ts';
