import { LRUCache } from 'lru-cache';
import type { Project } from './model.ts';

/** What is derived from a project's state, made at first use and again when the project's revision is higher. */
export interface RevisionCache<T> {
  get(project: Project): Promise<T>;
  /** Drops what is kept of the project: the next `get` loads. */
  forget(projectID: string): void;
}

interface Entry<T> {
  revision: bigint;
  value: Promise<T>;
}

/**
 * Keeps one value for each project under `projects.revision`, which every write of settings, keys and clients
 * raises and every request's look-up of the project reads: so other processes' changes are seen at the next
 * request. Requests at the same time share one load; a failed load is not kept.
 *
 * @param load makes the value
 * @param options `max` projects kept, the least recently used go first (1000 unless told)
 */
export function revisionCache<T>(
  load: (project: Project) => Promise<T>,
  options: { max?: number } = {},
): RevisionCache<T> {
  const entries = new LRUCache<string, Entry<T>>({ max: options.max ?? 1_000 });
  return {
    get(project) {
      const revision = BigInt(project.revision);
      const kept = entries.get(project.id);
      if (kept !== undefined && kept.revision >= revision) return kept.value;
      const entry: Entry<T> = { revision, value: load(project) };
      entries.set(project.id, entry);
      entry.value.catch(() => {
        if (entries.peek(project.id) === entry) entries.delete(project.id);
      });
      return entry.value;
    },
    forget: (projectID) => void entries.delete(projectID),
  };
}
