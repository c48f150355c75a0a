import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** A secret as it stands, and as it would stand if somebody took writing it otherwise for sealing it. */
const spellings = (secret: string): string[] =>
  [
    secret,
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret).toString('base64').replaceAll('=', ''),
    encodeURIComponent(secret),
  ].filter((text, index, all) => all.indexOf(text) === index);

/** The tables of a database, jobs and all, in which the secret stands for everybody to read. */
export async function tablesWithClear(url: string, secret: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rowCount } = await client.query(
        `select from ${name} t where exists (select from unnest($1::text[]) s where position(s in t::text) > 0)`,
        [spellings(secret)],
      );
      if (rowCount) found.push(name);
    }
    return found;
  } finally {
    await client.end();
  }
}

/** The files below a folder in which the secret stands for everybody to read: tables, write-ahead log, logs. */
export async function filesWithClear(folder: string, secret: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const path = join(entry.parentPath, entry.name);
    // A running PostgreSQL removes files while they are being listed.
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (spellings(secret).some((text) => bytes.includes(text))) found.push(path);
  }
  return found;
}
