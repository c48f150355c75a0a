export type { AdminKeys } from './admin-keys.ts';
export { changeProject } from './change.ts';
export { collaboratorExists, collaboratorNotFound, firstRunLinkInvalid } from './errors.ts';
export { type AdminKey, type Collaborator, HOME, type Project, type Role } from './model.ts';
export { createProjects, type Projects } from './projects.ts';
export { resealSettings, resealSigningKeys } from './reseal.ts';
export { revisionCache } from './revision-cache.ts';
export { type SettingChange, settingFromText, settingSchema } from './settings/check.ts';
export type {
  LoginSettings,
  MessageSettings,
  PasswordSettings,
  RecoverySettings,
  Settings,
} from './settings/index.ts';
export { acceptsSignup } from './settings/login.ts';
export type { Setting } from './settings-acts.ts';
