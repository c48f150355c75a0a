import { t } from '../words/index.ts';

/** Says that a list must not be empty. */
export const someOf = (value: unknown): string | undefined =>
  Array.isArray(value) && value.length > 0 ? undefined : t('settings.tickOne');
