import type { ProjectDb } from '../platform/database/index.ts';
import type { Attempt, CodePurpose } from './model.ts';
import { presentAttempt } from './present.ts';
import { readToken } from './secret.ts';
import { codeStore } from './store.ts';

/** An attempt by its id, as its page shows it; undefined where there is none (any more). */
export async function findAttempt(
  db: ProjectDb,
  of: { purpose: CodePurpose; id: string },
): Promise<Attempt | undefined> {
  const id = readToken(of.id);
  const stored = id === undefined ? undefined : await codeStore(db).find(of.purpose, id);
  return stored && presentAttempt(stored);
}
