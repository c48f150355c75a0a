import type { Kysely } from 'kysely';
import type { DB } from './database/index.ts';
import type { Secrets } from './secrets.ts';

const ONLY_ROW = 1;

/** `LATCHKEY_SECRET` does not open what this database holds. The message says what to do, and tells no secret. */
export class WrongSecretError extends Error {
  override readonly name = 'WrongSecretError';
}

/** Something that a project keeps sealed. */
export interface Sealed {
  projectID: string;
  id: string;
  sealed: string;
}

/** Where one kind of sealed things of all projects is kept; inside a transaction. */
export interface SealedStore {
  /** Those that do not begin with the mark of the first secret; locked until the transaction ends. */
  notUnder(mark: string): Promise<Sealed[]>;
  /** Writes what is sealed anew. */
  put(thing: Sealed): Promise<void>;
}

/** Seals one kind of things anew where they are not under the first secret; returns how many those were. */
export type Reseal = (tx: Kysely<DB>, secrets: Secrets) => Promise<number>;

/**
 * Opens what is not under the first secret, and seals it under that.
 *
 * @param kind the things by name and purpose; the name is for people, such as `the signing key`
 * @returns how many they were
 * @throws WrongSecretError where one of them cannot be opened
 */
export async function sealAnew(
  secrets: Secrets,
  store: SealedStore,
  kind: { name: string; purpose: (projectID: string, id: string) => string },
): Promise<number> {
  const former = await store.notUnder(secrets.mark);
  for (const { projectID, id, sealed } of former) {
    const purpose = kind.purpose(projectID, id);
    let plaintext: Buffer;
    try {
      plaintext = secrets.open(purpose, sealed);
    } catch {
      throw cannotOpen(`${kind.name} ${id} of the project ${projectID}`);
    }
    await store.put({ projectID, id, sealed: secrets.seal(purpose, plaintext) });
  }
  return former.length;
}

/**
 * Compares the secrets with what the database remembers of them, seals anew what is not under the first one, and
 * remembers that one: all in one transaction, so that an interrupted rotation leaves everything as it was. Of
 * processes that do it at once one does, and the others find it done.
 *
 * @param reseals of everything that stays sealed for long
 * @returns how many things were sealed anew
 * @throws WrongSecretError where none of the secrets is the one that the database knows, or something opens under
 *   none of them
 */
export function adoptSecrets(
  kysely: Kysely<DB>,
  secrets: Secrets,
  reseals: readonly Reseal[],
): Promise<number> {
  return kysely.transaction().execute((tx) => adoptInside(tx, secrets, reseals));
}

/** Tells whether `adoptSecrets` would succeed, and changes nothing. Throws and returns what that would. */
export async function checkSecrets(
  kysely: Kysely<DB>,
  secrets: Secrets,
  reseals: readonly Reseal[],
): Promise<number> {
  const tx = await kysely.startTransaction().execute();
  try {
    return await adoptInside(tx, secrets, reseals);
  } finally {
    await tx.rollback().execute();
  }
}

async function adoptInside(tx: Kysely<DB>, secrets: Secrets, reseals: readonly Reseal[]): Promise<number> {
  const fingerprints = secrets.fingerprints();
  const [first = ''] = fingerprints;
  await tx
    .insertInto('instance.secret_fingerprint')
    .values({ id: ONLY_ROW, fingerprint: first })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const known = await tx
    .selectFrom('instance.secret_fingerprint')
    .select('fingerprint')
    .where('id', '=', ONLY_ROW)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (!fingerprints.includes(known.fingerprint)) throw notOfThisDatabase();

  // Not only when the fingerprint moves: a process that lists the secrets the other way round seals under the former.
  let count = 0;
  for (const reseal of reseals) count += await reseal(tx, secrets);
  if (known.fingerprint !== first) {
    await tx
      .updateTable('instance.secret_fingerprint')
      .set({ fingerprint: first })
      .where('id', '=', ONLY_ROW)
      .execute();
  }
  return count;
}

const notOfThisDatabase = (): WrongSecretError =>
  new WrongSecretError(
    'LATCHKEY_SECRET is not the secret that this database is sealed under, and what it holds could not be opened: ' +
      'give that one (with the embedded database it stands in data/secret), or both with a comma between them, the ' +
      'new one first.',
  );

const cannotOpen = (what: string): WrongSecretError =>
  new WrongSecretError(
    `LATCHKEY_SECRET does not open ${what}, which was sealed under a former secret: put that one behind the others, ` +
      'with a comma between them, and start once, which seals everything anew under the first.',
  );
