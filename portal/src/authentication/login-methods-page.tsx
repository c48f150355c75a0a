import { Section } from '../settings/section.tsx';
import { SettingChoices, SettingToggle } from '../settings/setting-fields.tsx';
import type { SettingKey } from '../settings/setting-values.ts';
import { SettingsPage } from '../settings/settings-page.tsx';
import { t } from '../words/index.ts';
import { someOf } from './some-of.ts';

const KEYS = ['login.identity_types', 'login.signup_enabled'] as const satisfies readonly SettingKey[];

const TYPES = ['email', 'phone', 'username'] as const;

/** What users sign in with, and whether people make accounts of their own. */
export function LoginMethodsPage() {
  return (
    <SettingsPage
      title={t('loginMethods.title')}
      about={t('loginMethods.about')}
      keys={KEYS}
      checks={{ 'login.identity_types': someOf }}
    >
      {(form) => (
        <>
          <Section title={t('loginMethods.ids')}>
            <SettingChoices
              field={form.field('login.identity_types')}
              label={t('loginMethods.types')}
              about={t('loginMethods.typesAbout')}
              choices={TYPES.map((type) => ({
                value: type,
                label: t(`user.${type}`),
                about: t(`loginMethods.${type}About`),
              }))}
            />
          </Section>
          <Section title={t('loginMethods.signup')}>
            <SettingToggle
              field={form.field('login.signup_enabled')}
              label={t('loginMethods.signupEnabled')}
              about={
                form.values['login.identity_types'].includes('email')
                  ? t('loginMethods.signupAbout')
                  : t('loginMethods.signupNoEmail')
              }
            />
          </Section>
        </>
      )}
    </SettingsPage>
  );
}
