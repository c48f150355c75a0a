import type { Migration } from './platform/database/index.ts';

/** Every migration of every capability, in the one order they run in. */
export const migrations: readonly Migration[] = [];
