import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import { sessionStore } from '../sessions/index.ts';
import { carryTokensOver } from './artifact-store.ts';
import { grantStore } from './grant-store.ts';
import { grantsOf } from './terminate-session.ts';

/**
 * Carries what apps were given in a session over to the epoch that the session has been carried over to, in the
 * same transaction: its grants, codes and tokens, and nothing else.
 */
export async function keepTokens(tx: ProjectDb, deps: { clock: Clock }, sessionUID: string): Promise<void> {
  const session = await sessionStore(tx).findStored(sessionUID, deps.clock.now());
  if (!session?.user) return;
  const grants = grantsOf(session.payload);
  await grantStore(tx).carryOver(grants, session.user);
  await carryTokensOver(tx, grants, session.user);
}
