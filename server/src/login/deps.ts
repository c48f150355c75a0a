import type { AttemptDeps } from '../passwords/index.ts';

/** What the acts of a login need: proving and changing passwords is all they do so far. */
export type LoginDeps = AttemptDeps;
