import type { Clock } from '../../platform/clock.ts';
import type { ProjectDb } from '../../platform/database/index.ts';
import type { Library } from '../library.ts';

/** What the adapters of one project's Provider are made from. */
export interface AdapterDeps {
  db: ProjectDb;
  clock: Clock;
  library: Library;
  /** Whether the project has this app, as of the Provider's revision. */
  hasClient(clientID: string): boolean;
  /** Where the browser takes up an authorization request after its login. */
  resumeAddress(uid: string): string;
}
