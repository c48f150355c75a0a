import { type Attempt, TRIES } from './model.ts';
import type { StoredAttempt } from './store.ts';

/** What of an attempt its page may know: nothing that is different where an account is behind it. */
export const presentAttempt = (
  stored: Pick<
    StoredAttempt,
    'id' | 'purpose' | 'kind' | 'createdAt' | 'expiresAt' | 'resendAt' | 'tries' | 'data'
  >,
): Attempt => ({
  id: stored.id,
  purpose: stored.purpose,
  kind: stored.kind,
  createdAt: stored.createdAt,
  expiresAt: stored.expiresAt,
  resendAt: stored.resendAt,
  triesLeft: TRIES - stored.tries,
  data: stored.data,
});
