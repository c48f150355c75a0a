import type { CodeTaskDeps } from './deps.ts';
import { codeStore } from './store.ts';

/** For how long an attempt that ran out is told from one that never was: a day. */
const KEPT_MS = 24 * 60 * 60_000;

/** Forgets, in all projects, what was typed in attempts that ran out, and a day later the attempts. */
export async function sweepCodes({
  database,
  clock,
  projects,
}: Pick<CodeTaskDeps, 'database' | 'clock' | 'projects'>): Promise<void> {
  const now = clock.now();
  for (const { id } of await projects.list()) {
    await codeStore(database.forProject(id)).sweep(now, new Date(now.getTime() - KEPT_MS));
  }
}
