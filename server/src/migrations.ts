import * as audit from './audit/migrations/2026112402-audit-log.ts';
import * as codes from './codes/migrations/2026112502-codes.ts';
import * as loginFlows from './login/migrations/2026112408-login-flows.ts';
import * as signup from './login/migrations/2026112505-signup.ts';
import * as messages from './messages/migrations/2026112405-messages.ts';
import * as oidc from './oidc/migrations/2026112407-oidc.ts';
import * as passwords from './passwords/migrations/2026112404-passwords.ts';
import * as failedAttempts from './passwords/migrations/2026112504-failed-attempts.ts';
import type { Migration } from './platform/database/index.ts';
import * as workers from './platform/jobs/migrations/2026112410-workers.ts';
import * as rateLimits from './platform/rate-limits/migrations/2026112501-rate-limits.ts';
import * as projects from './projects/migrations/2026112401-projects.ts';
import * as sessions from './sessions/migrations/2026112406-sessions.ts';
import * as portalSessions from './sessions/migrations/2026112409-portal-sessions.ts';
import * as users from './users/migrations/2026112403-users.ts';

/** Every migration of every capability, in the one order they run in. */
export const migrations: readonly Migration[] = [
  projects,
  audit,
  users,
  passwords,
  messages,
  sessions,
  oidc,
  loginFlows,
  portalSessions,
  workers,
  rateLimits,
  codes,
  failedAttempts,
  signup,
];
