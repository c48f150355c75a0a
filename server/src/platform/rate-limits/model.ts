import type { ProjectDb } from '../database/index.ts';

/** At most `max` uses in a window of time that begins with its first use. */
export interface RateLimit {
  /** A stable name, as it stands in errors and in the audit log. */
  name: string;
  max: number;
  windowMs: number;
}

/** One use of a limit. */
export interface Use {
  limit: RateLimit;
  /** Whose use it is: an address, a login id, any text. Only a keyed hash of it is stored. */
  of: string;
}

/** For whom and from where something is used; told to the audit log where it is refused. */
export interface Usage {
  userID?: string;
  origin?: { ipAddress?: string; userAgent?: string; clientID?: string };
}

/** A limit that was reached: the first use of a window that it refused. */
export interface Block extends Usage {
  limit: RateLimit;
  endsAt: Date;
}

/** How much of a limit is used up. */
export interface UsedUp {
  count: number;
  /** When its window ends; null where none is open. */
  endsAt: Date | null;
}

/** Limits on how often something may be done, kept in the database and so shared by all processes. */
export interface RateLimits {
  /**
   * Counts one use of each in one statement, atomically: of any number of calls at once exactly as many pass as
   * are free. Where one limit is used up, none is counted. It works outside the act's transaction, so that an act
   * that fails has been counted all the same.
   * @throws TooManyRequest `RateLimited`
   */
  use(db: ProjectDb, uses: readonly Use[], usage?: Usage): Promise<void>;
  /** Takes one use of each back: it was none after all. */
  giveBack(db: ProjectDb, uses: readonly Use[]): Promise<void>;
  /** Forgets all uses so far. */
  clear(db: ProjectDb, uses: readonly Use[]): Promise<void>;
  /** Gives some back and forgets others, in one statement. */
  settle(db: ProjectDb, after: { giveBack: readonly Use[]; clear: readonly Use[] }): Promise<void>;
  /** How much of each is used up, in the same order. */
  peek(db: ProjectDb, uses: readonly Use[]): Promise<UsedUp[]>;
}
