import { Anchor, Stack } from '@mantine/core';
import { Section } from '../settings/section.tsx';
import { SettingNumber, SettingToggle, SettingWords, within } from '../settings/setting-fields.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { t } from '../words/index.ts';
import { LevelField } from './level-field.tsx';
import { POLICY_KEYS } from './policy-keys.ts';
import { TryPassword } from './try-password.tsx';

const CLASSES = [
  ['passwords.uppercase_required', 'passwords.uppercase'],
  ['passwords.lowercase_required', 'passwords.lowercase'],
  ['passwords.alphabet_required', 'passwords.alphabet'],
  ['passwords.digit_required', 'passwords.digit'],
  ['passwords.symbol_required', 'passwords.symbol'],
] as const;

const LENGTH = { min: 1, max: 128 };
const NIST = 'https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver';

/** The rules that every new password of the project has to keep, and a field to try one under them. */
export function PasswordsPage() {
  return (
    <SettingsPage
      title={t('passwords.title')}
      about={t('passwords.about')}
      keys={POLICY_KEYS}
      checks={{ 'passwords.min_length': within(LENGTH) }}
      after={(form, project) => <TryPassword form={form} projectID={project.id} />}
    >
      {(form) => (
        <>
          <Section title={t('passwords.strength')}>
            <SettingNumber
              field={form.field('passwords.min_length')}
              label={t('passwords.minLength')}
              about={
                <>
                  {t('passwords.minLengthAbout')}{' '}
                  <Anchor href={NIST} target="_blank" rel="noreferrer" size="xs">
                    NIST SP 800-63B
                  </Anchor>
                </>
              }
              range={LENGTH}
            />
            <LevelField field={form.field('passwords.minimum_guessable_level')} />
          </Section>
          <Section title={t('passwords.forbidden')}>
            <SettingWords
              field={form.field('passwords.excluded_keywords')}
              label={t('passwords.words')}
              about={t('passwords.wordsAbout')}
              placeholder={t('passwords.wordsPlaceholder')}
            />
          </Section>
          <Section title={t('passwords.classes')} about={t('passwords.classesAbout')}>
            <Stack gap="sm">
              {CLASSES.map(([name, words]) => (
                <SettingToggle box key={name} field={form.field(name)} label={t(words)} />
              ))}
            </Stack>
          </Section>
          <Section title={t('passwords.operators')}>
            <SettingToggle
              field={form.field('passwords.typing_by_operators')}
              label={t('passwords.typing')}
              about={t('passwords.typingAbout')}
            />
          </Section>
        </>
      )}
    </SettingsPage>
  );
}
