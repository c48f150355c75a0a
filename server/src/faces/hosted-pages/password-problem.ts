import type { Translate } from '../../platform/words/index.ts';
import type { FormFields } from './forms.ts';

/** What is wrong with a new password as it was sent: nothing, not the same twice, or the rules it broke. */
export type PasswordProblem = 'missing' | 'mismatch' | { broken: string[] };

/** What can be said without asking anybody. */
export function problemOfFields(field: FormFields): PasswordProblem | undefined {
  const password = field('new_password');
  if (password === '') return 'missing';
  return password === field('confirmation') ? undefined : 'mismatch';
}

export const brokenBy = (problem: PasswordProblem | undefined): string[] | undefined =>
  typeof problem === 'object' ? problem.broken : undefined;

/** The sentences under the two fields. */
export function wordsForPassword(
  t: Translate,
  problem: PasswordProblem | undefined,
): { newPassword?: string; confirmation?: string } {
  if (problem === undefined) return {};
  if (problem === 'mismatch') return { confirmation: t('change.mismatch') };
  return { newPassword: problem === 'missing' ? t('change.missing') : t('change.violates') };
}
