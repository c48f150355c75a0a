import type { CodeDeps } from '../../codes/index.ts';
import type { PasswordDeps } from '../../passwords/index.ts';

/** What the acts of a sign-up need: codes that prove an address, and making a user with a password. */
export type SignupDeps = PasswordDeps & CodeDeps;
