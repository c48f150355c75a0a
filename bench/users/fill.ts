import type pg from 'pg';
import { manualClock } from '../../server/src/platform/clock.ts';
import { newID } from '../../server/src/platform/ids.ts';
import { normalizeLoginID } from '../../server/src/users/index.ts';
import { searchText } from '../../server/src/users/search-text.ts';

const GIVEN = ['Ada', 'Alan', 'Barbara', 'Claude', 'Donald', 'Edsger', 'Frances', 'Grace', 'Hedy', 'Ivan'];
const FAMILY = ['Allen', 'Dijkstra', 'Hopper', 'Knuth', 'Lamarr', 'Liskov', 'Lovelace', 'Shannon', 'Turing'];
/** Rows of one statement. */
const BATCH = 5_000;
/** The first user's time; each later one is a minute younger than the one before. */
const START = Date.UTC(2025, 0, 1);
const MINUTE_MS = 60_000;

/**
 * Fills the home project with users as the server itself would write them, each with a name and an e-mail
 * address, and lets PostgreSQL look at its tables as it would after some time.
 */
export async function fillUsers(client: pg.Client, count: number): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => from + index);
    const people = numbers.map(personOf);
    await client.query(
      `insert into users (project_id, id, standard_attributes, search_text, created_at, updated_at)
       select 'home', * from unnest($1::uuid[], $2::jsonb[], $3::text[], $4::timestamptz[], $4::timestamptz[])`,
      [
        people.map(({ id }) => id),
        people.map(({ attributes }) => JSON.stringify(attributes)),
        people.map(({ search }) => search),
        people.map(({ at }) => at),
      ],
    );
    await client.query(
      `insert into identities
         (project_id, id, user_id, type, original, normalized, unique_key, created_at, updated_at)
       select 'home', i.id, i.user_id, 'email', i.address, i.address, i.address, i.at, i.at
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) as i (id, user_id, address, at)`,
      [
        people.map(({ identityID }) => identityID),
        people.map(({ id }) => id),
        people.map(({ email }) => email),
        people.map(({ at }) => at),
      ],
    );
  }
  await client.query('vacuum analyze users');
  await client.query('vacuum analyze identities');
}

function personOf(number: number) {
  const at = new Date(START + number * MINUTE_MS);
  const given = GIVEN[number % GIVEN.length] ?? '';
  const family = `${FAMILY[number % FAMILY.length]}${number.toString(36)}`;
  const loginID = normalizeLoginID('email', `${given}.${family}@example.com`.toLowerCase());
  const attributes = { given_name: given, family_name: family };
  const id = newID(manualClock(at));
  const identityID = newID(manualClock(at));
  const identity = {
    ...loginID,
    id: identityID,
    userID: id,
    claims: {},
    verifiedAt: null,
    createdAt: at,
    updatedAt: at,
  };
  return {
    id,
    identityID,
    at,
    attributes,
    email: loginID.normalized,
    search: searchText(attributes, [identity]),
  };
}
