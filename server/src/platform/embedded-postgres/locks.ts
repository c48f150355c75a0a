import type pg from 'pg';

/**
 * Two advisory locks say who uses the cluster; both vanish with the connection that holds them, whatever happens
 * to its process.
 *
 * - SERVER, exclusive: held by the one server, or for an instant by a command that wants to stop PostgreSQL.
 * - COMMAND, shared: held by each command while it works.
 */
const CLASS = 0x4c41;
const SERVER = 1;
const COMMAND = 2;

const SERVER_NAME = /^latchkey pid=(\d+) port=(\d+) since=(\S+)$/;

/** The server that holds the cluster. */
export interface Holder {
  pid: number;
  port: number;
  /** ISO 8601. */
  since: string;
}

/** What the server's lock connection calls itself, so that a second start can name the first. */
export function serverName(holder: Holder): string {
  return `latchkey pid=${holder.pid} port=${holder.port} since=${holder.since}`;
}

/** Reads a name made by {@link serverName}; undefined for any other. */
export function parseServerName(name: string): Holder | undefined {
  const match = SERVER_NAME.exec(name);
  return match ? { pid: Number(match[1]), port: Number(match[2]), since: match[3] ?? '' } : undefined;
}

/** Takes the server's lock if nobody has it. */
export function tryServerLock(client: pg.Client): Promise<boolean> {
  return ask(client, 'select pg_try_advisory_lock($1, $2) as ok', SERVER);
}

/** Gives the server's lock back. */
export async function releaseServerLock(client: pg.Client): Promise<void> {
  await ask(client, 'select pg_advisory_unlock($1, $2) as ok', SERVER);
}

/** Says that a command uses the cluster; waits while another one is about to stop it. */
export async function shareCommandLock(client: pg.Client): Promise<void> {
  await ask(client, 'select pg_advisory_lock_shared($1, $2) is not null as ok', COMMAND);
}

/** Whether no other command uses the cluster; keeps new ones waiting if so. */
export async function onlyCommand(client: pg.Client): Promise<boolean> {
  await ask(client, 'select pg_advisory_unlock_shared($1, $2) as ok', COMMAND);
  return ask(client, 'select pg_try_advisory_lock($1, $2) as ok', COMMAND);
}

/** The name of the connection that holds the server's lock, or undefined when it was given back just now. */
export async function serverLockHolder(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ application_name: string }>(
    `select a.application_name from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.granted and l.classid = $1 and l.objid = $2
       and l.database = (select oid from pg_database where datname = current_database())`,
    [CLASS, SERVER],
  );
  return rows[0]?.application_name;
}

async function ask(client: pg.Client, sql: string, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ ok: boolean }>(sql, [CLASS, lock]);
  return rows[0]?.ok === true;
}
