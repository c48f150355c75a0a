import { nameOf } from '../users/user-words.ts';
import { t } from '../words/index.ts';
import { eventWords } from './event-words.ts';
import type { Entry } from './queries.ts';

/** Who did it: "by Olga", "by the API key 3f2…", "by the server". */
export function actorWords({ actor, user }: Pick<Entry, 'actor' | 'user'>, myID: string): string {
  switch (actor.type) {
    case 'OPERATOR':
      if (actor.id === myID) return t('audit.by.you');
      return actor.name ? t('auditLog.byName', { name: actor.name }) : t('audit.by.operator');
    case 'ADMIN_API':
      return t('audit.by.key', { keyID: actor.id });
    case 'USER':
      return actor.name && !user ? t('auditLog.byName', { name: actor.name }) : t('audit.by.user');
    case 'COMMAND_LINE':
      return t('audit.by.commandLine');
    case 'SYSTEM':
      return t('audit.by.system');
  }
}

/** Whom it is about, where that is somebody. */
export const subjectOf = ({
  user,
  operatorName,
}: Pick<Entry, 'user' | 'operatorName'>): string | undefined =>
  user ? nameOf(user) : (operatorName ?? undefined);

/** An entry as one sentence: "Password reset: Ada Lovelace". */
export function headline(entry: Entry): string {
  const subject = subjectOf(entry);
  const what = eventWords(entry);
  return subject === undefined ? what : t('auditLog.headline', { what, subject });
}
