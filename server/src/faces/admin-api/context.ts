import type { Acting } from '../../audit/index.ts';
import type { Hasher } from '../../passwords/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Database, ProjectDb } from '../../platform/database/index.ts';
import type { Log } from '../../platform/log.ts';
import type { RateLimits } from '../../platform/rate-limits/index.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { HOME, type Project, type Projects, type Role } from '../../projects/index.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** What the Admin API is put together from. */
export interface AdminApiDeps {
  /** Whether mails can go out. */
  config: Pick<Config, 'smtpURL' | 'production'>;
  database: Database;
  clock: Clock;
  secrets: Secrets;
  log: Log;
  hasher: Hasher;
  projects: Projects;
  rateLimits: RateLimits;
}

/** The collaborator who asks through the portal. */
export interface Operator {
  /** A user of the home project. */
  userID: string;
  /** What they are in the project they ask about. */
  role: Role;
  /** When they last proved their password; acts of weight want that to be recent. */
  passwordProvedAt?: Date;
}

/** What every resolver gets: one request, of one caller, about one project. */
export interface ApiContext {
  deps: AdminApiDeps;
  project: Project;
  db: ProjectDb;
  acting: Acting;
  /** What the caller may do; a key may do what an editor may. */
  role: Role;
  /** Absent when a key asks. */
  operator?: Operator;
  loaders: Loaders;
}

/** Makes the context of one request. */
export function createContext(
  deps: AdminApiDeps,
  project: Project,
  acting: Acting,
  operator?: Operator,
): ApiContext {
  const db = deps.database.forProject(project.id);
  return {
    deps,
    project,
    db,
    acting,
    role: operator?.role ?? 'editor',
    operator,
    loaders: createLoaders(db, deps.database.forProject(HOME)),
  };
}
