import { NativeSelect, TextInput } from '@mantine/core';
import type { Field } from '../settings/use-settings-form.ts';
import { strengthWords } from '../users/new-password/policy.ts';
import { t } from '../words/index.ts';

const LEVELS = [0, 1, 2, 3, 4, 5];

const wordsFor = (level: number): string =>
  level === 0 ? t('passwords.levelOff') : t('passwords.levelOf', { level, words: strengthWords(level) });

/** How hard a password must be to guess at least. */
export function LevelField({ field }: { field: Field<number> }) {
  const look = {
    id: field.id,
    label: t('passwords.level'),
    description: t('passwords.levelAbout'),
    maw: 320,
    styles: { description: { width: 'max-content', maxWidth: 'min(540px, 80vw)' } },
  };
  if (field.isReadOnly) {
    return <TextInput {...look} readOnly variant="filled" value={wordsFor(field.value)} />;
  }
  return (
    <NativeSelect
      {...look}
      value={String(field.value)}
      error={field.error}
      data={LEVELS.map((level) => ({ value: String(level), label: wordsFor(level) }))}
      onChange={(event) => field.set(Number(event.currentTarget.value))}
    />
  );
}
