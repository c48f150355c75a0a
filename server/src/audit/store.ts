import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { DB, JsonObject, ProjectDb } from '../platform/database/index.ts';
import { isUUID } from '../platform/ids.ts';
import type { AuditActivityType } from './activity-types.ts';
import { idBound } from './bounds.ts';
import type { Actor, AuditEntry, AuditFilter, AuditPage, AuditPageRequest } from './model.ts';

const COLUMNS = [
  'id',
  'activity_type',
  'user_id',
  'actor',
  'client_id',
  'ip_address',
  'user_agent',
  'data',
  'created_at',
] as const;

interface Row {
  id: string;
  activity_type: string;
  user_id: string | null;
  actor: unknown;
  client_id: string | null;
  ip_address: string | null;
  user_agent: string | null;
  data: unknown;
  created_at: Date;
}

const fromRow = (row: Row): AuditEntry => ({
  id: row.id,
  activityType: row.activity_type as AuditActivityType,
  userID: row.user_id,
  actor: row.actor as Actor,
  clientID: row.client_id,
  ipAddress: row.ip_address,
  userAgent: row.user_agent,
  data: row.data as Record<string, unknown>,
  createdAt: row.created_at,
});

/** The fields of an entry's data that hold the address it is about. */
const ADDRESS_FIELDS = ['recipient', 'login_id'];

/** PostgreSQL's text and jsonb hold no NUL; a record must never fail for want of a character. */
const storable = (text: string | null): string | null => text?.replaceAll('\0', '\uFFFD') ?? null;

function storableData(data: Record<string, unknown>): JsonObject {
  return JSON.parse(
    JSON.stringify(data, (_, value: unknown) =>
      typeof value === 'string' ? storable(value.toWellFormed()) : value,
    ),
  ) as JsonObject;
}

type Where = Expression<SqlBool>;

function matching(eb: ExpressionBuilder<DB, 'audit_log'>, projectID: string, filter: AuditFilter): Where {
  const all: Where[] = [eb('project_id', '=', projectID)];
  const among = (column: 'activity_type' | 'user_id', values: readonly string[]): Where =>
    eb(column, '=', eb.fn.any(eb.val([...values])));
  if (filter.activityTypes) all.push(among('activity_type', filter.activityTypes));
  if (filter.userIDs) all.push(among('user_id', filter.userIDs));
  if (filter.rangeFrom) all.push(eb('id', '>=', idBound(filter.rangeFrom)));
  if (filter.rangeTo) all.push(eb('id', '<', idBound(filter.rangeTo)));
  if (filter.emailAddresses ?? filter.phoneNumbers) {
    const addresses = [...(filter.emailAddresses ?? []), ...(filter.phoneNumbers ?? [])];
    const named = ADDRESS_FIELDS.map((field) => sql<SqlBool>`data ->> ${field} = any(${addresses})`);
    all.push(eb.or([...named, among('user_id', filter.addressOwners ?? [])]));
  }
  return eb.and(all);
}

/** The audit log of one project. It is only ever added to. */
export const auditStore = (db: ProjectDb) => ({
  async insert(entry: AuditEntry): Promise<void> {
    await db.kysely
      .insertInto('audit_log')
      .values({
        project_id: db.projectID,
        id: entry.id,
        activity_type: entry.activityType,
        user_id: entry.userID,
        actor: JSON.stringify(entry.actor),
        client_id: storable(entry.clientID),
        ip_address: storable(entry.ipAddress),
        user_agent: storable(entry.userAgent),
        data: JSON.stringify(storableData(entry.data)),
        created_at: entry.createdAt,
      })
      .execute();
  },

  async find(id: string): Promise<AuditEntry | undefined> {
    if (!isUUID(id)) return undefined;
    const row = await db.kysely
      .selectFrom('audit_log')
      .select(COLUMNS)
      .where('project_id', '=', db.projectID)
      .where('id', '=', id)
      .executeTakeFirst();
    return row && fromRow(row);
  },

  /** One page by id, which is by time. Backward pages are read in reverse and turned round. */
  async page(filter: AuditFilter, request: AuditPageRequest): Promise<AuditPage> {
    const { limit, backward = false, after, before, sortDirection = 'DESC' } = request;
    const ascending = sortDirection === 'ASC';
    let query = db.reader
      .selectFrom('audit_log')
      .select(COLUMNS)
      .where('project_id', '=', db.projectID)
      .where((eb) => matching(eb, db.projectID, filter));
    if (after) query = query.where('id', ascending ? '>' : '<', after);
    if (before) query = query.where('id', ascending ? '<' : '>', before);
    const rows = await query
      .orderBy('id', ascending !== backward ? 'asc' : 'desc')
      .limit(limit + 1)
      .execute();
    const items = rows.slice(0, limit).map(fromRow);
    const hasMore = rows.length > limit;
    return {
      items: backward ? items.reverse() : items,
      hasNextPage: backward ? before !== undefined : hasMore,
      hasPreviousPage: backward ? hasMore : after !== undefined,
    };
  },

  /** How many entries match. */
  async count(filter: AuditFilter): Promise<number> {
    const row = await db.reader
      .selectFrom('audit_log')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('project_id', '=', db.projectID)
      .where((eb) => matching(eb, db.projectID, filter))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  },
});
