import pg from 'pg';
import { ROLE, readPassword } from './cluster.ts';
import type { Place } from './place.ts';
import { readPidFile } from './postmaster.ts';
import { socketFolder } from './server-arguments.ts';

/** The database the server keeps its tables in. */
export const DATABASE = 'latchkey';

/**
 * The address of a database in the running cluster, for pg and for libpq's programs.
 *
 * @returns undefined while the server has not yet said where it listens.
 */
export function databaseURL(place: Place, database = DATABASE): string | undefined {
  const port = readPidFile(place)?.port;
  if (!port) return undefined;
  const folder = socketFolder(place);
  const host = folder ? 'localhost' : '127.0.0.1';
  const query = folder ? `?host=${encodeURIComponent(folder)}` : '';
  return `postgres://${ROLE}:${readPassword(place)}@${host}:${port}/${database}${query}`;
}

/** SQLSTATE or errno codes that say "not yet": starting, stopping, recovering, or not listening. */
const NOT_YET = new Set([
  '57P03',
  '57P01',
  '57P02',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  '53300',
]);

/**
 * Connects once, making the database when the cluster has none yet.
 *
 * @param name what pg_stat_activity shows for this connection (at most 63 bytes).
 * @returns the connection, or undefined when the server does not accept connections yet.
 */
export async function tryConnect(place: Place, name: string): Promise<pg.Client | undefined> {
  try {
    return await open(place, DATABASE, name);
  } catch (error) {
    if (codeOf(error) !== '3D000') return refuseUnlessEarly(error);
  }
  const maintenance = await open(place, 'postgres', name).catch(refuseUnlessEarly);
  if (!maintenance) return undefined;
  try {
    await maintenance.query(`create database ${DATABASE}`);
  } catch (error) {
    // 42P04, 23505: a second start made it in the same moment.
    if (!['42P04', '23505'].includes(codeOf(error))) throw error;
  } finally {
    await maintenance.end();
  }
  return open(place, DATABASE, name).catch(refuseUnlessEarly);
}

async function open(place: Place, database: string, name: string): Promise<pg.Client> {
  const url = databaseURL(place, database);
  if (!url) throw Object.assign(new Error('no address yet'), { code: 'ENOENT' });
  const client = new pg.Client({ connectionString: url, application_name: name, keepAlive: true });
  // Without a listener, a connection that breaks later would end the process.
  client.on('error', () => {});
  await client.connect();
  return client;
}

function refuseUnlessEarly(error: unknown): undefined {
  const early = NOT_YET.has(codeOf(error)) || /terminated unexpectedly|Connection ended/.test(String(error));
  if (!early) throw error;
  return undefined;
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? '');
}
