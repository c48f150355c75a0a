import { afterEach, beforeEach, expect, it } from 'vitest';
import { insertProject, type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import type { Acting } from '../audit/index.ts';
import { manualClock } from '../platform/clock.ts';
import { createSecrets, type Secrets } from '../platform/secrets.ts';
import { clientSecretPurpose } from './client-secret.ts';
import { clientStore } from './client-store.ts';
import { createClient, resealClientSecrets } from './index.ts';

const OLD = 'an-old-secret-of-at-least-32-bytes!!';
const NEW = 'a-new-secret-of-at-least-32-bytes!!!';
const [old, both, fresh] = [createSecrets(OLD), createSecrets(`${NEW},${OLD}`), createSecrets(NEW)];
const acting: Acting = { actor: { type: 'command_line' }, origin: {} };
const REDIRECT = 'https://app.example/callback';

let test: TestDatabase;
beforeEach(async () => {
  test = await testDatabase();
  for (const id of ['home', 'acme']) await insertProject(test.database, id);
});
afterEach(() => test.stop());

const make = (secrets: Secrets, id: string, type: 'web' | 'spa') =>
  createClient(
    { database: test.database, clock: manualClock(), secrets },
    { id },
    { name: 'App', type, redirectURIs: [REDIRECT] },
    acting,
  );

const reseal = (secrets: Secrets) =>
  test.database.kysely.transaction().execute((tx) => resealClientSecrets(tx, secrets));

const stored = (projectID: string, clientID: string) =>
  clientStore(test.database.forProject(projectID)).find(clientID);

async function secretOf(secrets: Secrets, projectID: string, clientID: string): Promise<string> {
  const client = await stored(projectID, clientID);
  return secrets.open(clientSecretPurpose(projectID, clientID), client?.secretSealed ?? '').toString();
}

it('the secrets of the apps of all projects stay what they are, and open under the new secret alone', async () => {
  const one = await make(old, 'home', 'web');
  const other = await make(old, 'acme', 'web');
  await make(old, 'home', 'spa');
  expect(await reseal(both)).toBe(2);
  expect(await secretOf(fresh, 'home', one.clientID)).toBe(one.clientSecret);
  expect(await secretOf(fresh, 'acme', other.clientID)).toBe(other.clientSecret);
  expect(await reseal(both)).toBe(0);
});

it('an app of the same id in another project keeps its own', async () => {
  const { clientID, clientSecret } = await make(old, 'home', 'web');
  const client = await stored('home', clientID);
  if (!client) throw new Error('no app');
  const secretSealed = both.seal(clientSecretPurpose('acme', clientID), 'of acme');
  await clientStore(test.database.forProject('acme')).insert({ ...client, secretSealed });
  expect(await reseal(both)).toBe(1);
  expect(await secretOf(fresh, 'home', clientID)).toBe(clientSecret);
  expect(await stored('acme', clientID)).toMatchObject({ secretSealed });
});

it('what does not open is named, and nothing is written', async () => {
  const { clientID } = await make(old, 'home', 'web');
  const before = await stored('home', clientID);
  await expect(reseal(fresh)).rejects.toThrow(`the secret of the app ${clientID} of the project home`);
  expect(await stored('home', clientID)).toEqual(before);
});
