import type { Origin } from '../audit/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { parseLoginID, userStore } from '../users/index.ts';
import type { RecoveryDeps } from './deps.ts';
import { destinationID } from './destination-id.ts';
import { requestsOfIP } from './limits.ts';
import { maskEmail } from './mask.ts';
import type { Destination } from './model.ts';

/**
 * The addresses that whoever has this login id may choose from, masked. This tells whether an account exists, which
 * is what a project allows by `recovery.choose_destination`; otherwise the list is empty, whatever is asked. It
 * counts like a request.
 *
 * @throws TooManyRequest `RateLimited`
 */
export async function destinationsOf(
  db: ProjectDb,
  { project, projects, rateLimits, secrets }: RecoveryDeps,
  { loginID }: { loginID: string },
  origin: Origin,
): Promise<Destination[]> {
  const { recovery } = await projects.settings(project);
  if (!recovery.choose_destination) return [];
  await rateLimits.use(db, [requestsOfIP(recovery, origin)], { origin });
  const user = await userStore(db).findByAnyIdentity(parseLoginID(loginID));
  const identities = user ? await userStore(db).identitiesOf(user.id) : [];
  return identities
    .filter(({ type }) => type === 'email')
    .map(({ id, normalized }) => ({ id: destinationID(secrets, id), masked: maskEmail(normalized) }));
}
