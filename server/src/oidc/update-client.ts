import { isDeepStrictEqual } from 'node:util';
import { type Acting, recordAudit } from '../audit/index.ts';
import { changeProject, type Project } from '../projects/index.ts';
import { checkClient } from './check-client.ts';
import { describeClient } from './client-audit.ts';
import { clientStore } from './client-store.ts';
import type { ClientDeps } from './deps.ts';
import { clientNotFound } from './errors.ts';
import type { ClientChanges } from './model.ts';

/**
 * Changes an app: its row, the audit entry with what is different, and the project's new revision in one
 * transaction. Its type and its secret stay.
 *
 * @param changes what is absent stays; an address of null is taken away
 * @throws NotFound `ClientNotFound`, also for the built-in apps
 * @throws Invalid `InvalidClientName`, `InvalidRedirectURI`, `InvalidClientURI`
 */
export function updateClient(
  deps: ClientDeps,
  project: Pick<Project, 'id'>,
  clientID: string,
  changes: ClientChanges,
  acting: Acting,
): Promise<void> {
  return changeProject(deps, project, async (tx) => {
    const store = clientStore(tx);
    const before = await store.find(clientID);
    if (!before) throw clientNotFound();
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const after = checkClient({ ...before, ...given, type: before.type });
    await store.update(clientID, after, deps.clock.now());
    await recordAudit(tx, deps.clock, {
      activityType: 'CLIENT_UPDATED',
      acting,
      data: { client_id: clientID, ...differences(describeClient(before), describeClient(after)) },
    });
  });
}

/** What is different: `from` and `to` hold the fields that are not the same; one that is not there is null. */
function differences(before: Record<string, unknown>, after: Record<string, unknown>) {
  const changed = Object.keys(after).filter((field) => !isDeepStrictEqual(before[field], after[field]));
  const only = (fields: Record<string, unknown>) =>
    Object.fromEntries(changed.map((field) => [field, fields[field] ?? null]));
  return { from: only(before), to: only(after) };
}
