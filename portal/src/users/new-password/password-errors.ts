import { ApiError, hasReason } from '../../api/error.ts';
import { wordsForError } from '../../layout/words-for-error.ts';
import { t } from '../../words/index.ts';

const FIELD_OF_REASON: Record<string, 'password' | 'send'> = {
  PasswordPolicyUnsatisfiable: 'password',
  TypingPasswordDisabled: 'password',
  SendPasswordNoTarget: 'send',
  SendPasswordWithoutPassword: 'send',
};

/** Where a refusal stands: beside its field (`password`, `send`), or with the form as a whole (`form`). */
export function passwordErrors(error: unknown): Record<string, string> {
  if (hasReason(error, 'PasswordPolicyViolated')) return { password: t('password.violates') };
  const reason = error instanceof ApiError ? error.reason : '';
  const field = Object.hasOwn(FIELD_OF_REASON, reason) ? FIELD_OF_REASON[reason] : undefined;
  return { [field ?? 'form']: wordsForError(error) };
}
