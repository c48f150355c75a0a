import { hasReason } from '../api/error.ts';
import { wordsForError } from '../layout/words-for-error.ts';

interface Problem {
  key: string;
  message: string;
}

/** Where a refused change is told: beside the settings that are wrong, or with the form as a whole. */
export interface SettingErrors {
  byKey: Record<string, string>;
  form?: string;
}

export const NO_ERRORS: SettingErrors = { byKey: {} };

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'key' in value && 'message' in value;

/** `keys` are those that have a field of their own. */
export function settingErrors(error: unknown, keys: readonly string[]): SettingErrors {
  const given = hasReason(error, 'InvalidSetting') ? error.info.problems : undefined;
  const problems = Array.isArray(given) ? given.filter(isProblem) : [];
  const beside = problems.filter(({ key }) => keys.includes(key));
  if (beside.length === 0) return { byKey: {}, form: wordsForError(error) };
  return { byKey: Object.fromEntries(beside.map(({ key, message }) => [key, sentence(message)])) };
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
