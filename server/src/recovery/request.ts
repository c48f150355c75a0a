import type { Origin } from '../audit/index.ts';
import { type Attempt, type CodeKind, startAttempt } from '../codes/index.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { RecoverySettings } from '../projects/index.ts';
import type { RecoveryDeps } from './deps.ts';
import { methodDisabled } from './errors.ts';
import { sealInteraction } from './interaction.ts';
import { requestsOfIP } from './limits.ts';
import type { RecoveryData } from './model.ts';
import { keyOf } from './recipient.ts';

export interface RecoveryRequest {
  /** As it was typed. */
  loginID: string;
  kind: CodeKind;
  /** The login that it was asked for in, and its app. */
  begunBy?: { interactionID?: string; clientID?: string };
  /** The language of the page (BCP 47). */
  locale: string | null;
  /** One of `destinationsOf`; counts only where the project lets users choose. */
  destination?: string;
}

const MINUTE_MS = 60_000;

/** How long a link or a code works in this project. */
export const lifetimeOf = (settings: RecoverySettings, kind: CodeKind): number =>
  (kind === 'link' ? settings.link_lifetime_minutes : settings.code_lifetime_minutes) * MINUTE_MS;

/**
 * Asks for a link or a code for whoever has this login id. Nothing is looked up here: for an account that exists and
 * one that does not, the same is counted, written and answered.
 *
 * @throws Invalid `RecoveryMethodDisabled`; TooManyRequest `CodeCooldown`, `RateLimited`
 */
export async function requestRecovery(
  db: ProjectDb,
  deps: RecoveryDeps,
  { loginID, kind, begunBy = {}, locale, destination }: RecoveryRequest,
  origin: Origin,
): Promise<Attempt> {
  const { recovery } = await deps.projects.settings(deps.project);
  if (!recovery.methods.includes(kind)) throw methodDisabled(kind, recovery.methods);
  const { interactionID, clientID } = begunBy;
  const data: RecoveryData = {
    locale,
    destination: (recovery.choose_destination && destination) || null,
    clientID: clientID ?? null,
    interaction:
      interactionID === undefined ? null : sealInteraction(deps.secrets, db.projectID, interactionID),
  };
  return startAttempt(
    db,
    deps,
    {
      purpose: 'recovery',
      kind,
      address: loginID,
      key: keyOf(loginID),
      lifetimeMs: lifetimeOf(recovery, kind),
      data,
      alsoUse: [requestsOfIP(recovery, origin)],
    },
    origin,
  );
}
