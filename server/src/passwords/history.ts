import type { Clock } from '../platform/clock.ts';
import type { ProjectDb } from '../platform/database/index.ts';
import type { PasswordSettings } from '../projects/index.ts';
import type { Hasher } from './hasher.ts';
import { type HistoryRange, historyStore } from './history-store.ts';
import type { Cause } from './model.ts';
import { readPassword } from './text.ts';

const DAY_MS = 24 * 60 * 60_000;

/** The passwords that may not return: the newest `history_size`, and all of the last `history_days`. */
export function historyRange(policy: PasswordSettings, clock: Clock): HistoryRange {
  const { history_size, history_days } = policy;
  const since = history_days > 0 ? new Date(clock.now().getTime() - history_days * DAY_MS) : undefined;
  return { newest: history_size, since };
}

/** Compares one password with stored hashes; each hash once, however often it is asked for. */
export interface Comparison {
  matches(hash: string): Promise<boolean>;
}

/** Makes a comparison for the time of one act. Nothing is as a password that is too long. */
export function comparePassword(hasher: Pick<Hasher, 'verify'>, password: string): Comparison {
  const { text, isTooLong } = readPassword(password);
  const known = new Map<string, boolean>();
  return {
    async matches(hash) {
      const result = known.get(hash) ?? (!isTooLong && (await hasher.verify(hash, text)));
      known.set(hash, result);
      return result;
    },
  };
}

/** One cause where a password is one of those that may not return; none where it is new enough. */
export async function checkHistory(
  db: ProjectDb,
  { clock, policy }: { clock: Clock; policy: PasswordSettings },
  userID: string,
  password: Comparison,
): Promise<Cause[]> {
  const { history_size, history_days } = policy;
  if (history_size === 0 && history_days === 0) return [];
  for (const hash of await historyStore(db).hashes(userID, historyRange(policy, clock))) {
    if (await password.matches(hash)) {
      return [{ Name: 'PasswordReused', Info: { history_size, history_days } }];
    }
  }
  return [];
}
