import type { ProjectDb } from '../platform/database/index.ts';
import { isUUID } from '../platform/ids.ts';
import { invalidCursor } from './errors.ts';
import type { AuditFilter, AuditPage, AuditPageRequest } from './model.ts';
import { auditStore } from './store.ts';

/**
 * Reads one page of the audit log, the newest first unless told. A cursor is the id of an entry.
 *
 * @throws Invalid `InvalidCursor`
 */
export async function listAudit(
  db: ProjectDb,
  filter: AuditFilter,
  page: AuditPageRequest,
): Promise<AuditPage> {
  for (const cursor of [page.after, page.before]) {
    if (cursor !== undefined && !isUUID(cursor)) throw invalidCursor();
  }
  return auditStore(db).page(filter, page);
}

/** How many entries the filter matches; its cost grows with that number, so ask only when it is shown. */
export const countAudit = (db: ProjectDb, filter: AuditFilter): Promise<number> =>
  auditStore(db).count(filter);
