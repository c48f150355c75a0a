import type { Kysely } from 'kysely';
import type { DB } from './database/index.ts';
import type { Secrets } from './secrets.ts';

const ONLY_ROW = 1;

/** `LATCHKEY_SECRET` is not the one this database was sealed with. The message says what to do. */
export class WrongSecretError extends Error {
  override readonly name = 'WrongSecretError';

  constructor() {
    super(
      'LATCHKEY_SECRET is not the secret this database was set up with, and what it sealed could not be opened: ' +
        'give the former one (with the embedded database it stands in data/secret), or both with a comma between ' +
        'them, the new one first.',
    );
  }
}

/**
 * Compares the secrets with what the database remembers of them, and remembers the first one from now on.
 * @throws WrongSecretError where none of them is the one it knows; nothing is written then
 */
export async function checkFingerprint(kysely: Kysely<DB>, secrets: Secrets): Promise<void> {
  const fingerprints = secrets.fingerprints();
  const [first = ''] = fingerprints;
  await kysely
    .insertInto('instance.secret_fingerprint')
    .values({ id: ONLY_ROW, fingerprint: first })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const known = await kysely
    .selectFrom('instance.secret_fingerprint')
    .select('fingerprint')
    .where('id', '=', ONLY_ROW)
    .executeTakeFirstOrThrow();
  if (!fingerprints.includes(known.fingerprint)) throw new WrongSecretError();
  if (known.fingerprint === first) return;
  await kysely
    .updateTable('instance.secret_fingerprint')
    .set({ fingerprint: first })
    .where('id', '=', ONLY_ROW)
    .execute();
}
