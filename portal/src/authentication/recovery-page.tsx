import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Section } from '../settings/section.tsx';
import { SettingChoices, SettingNumber, SettingToggle, within } from '../settings/setting-fields.tsx';
import type { SettingKey } from '../settings/setting-values.ts';
import { SettingsPage } from '../settings/settings-page.tsx';
import { t } from '../words/index.ts';
import { someOf } from './some-of.ts';

const KEYS = [
  'recovery.methods',
  'recovery.link_lifetime_minutes',
  'recovery.code_lifetime_minutes',
  'recovery.choose_destination',
  'recovery.requests_per_ip_per_hour',
] as const satisfies readonly SettingKey[];

const METHODS = ['link', 'code'] as const;
const LINK_MINUTES = { min: 1, max: 1_440 };
const CODE_MINUTES = { min: 1, max: 60 };
const REQUESTS = { min: 1, max: 100_000 };

/** How users who lost their password get back in. */
export function RecoveryPage() {
  return (
    <SettingsPage
      title={t('recovery.title')}
      about={t('recovery.about')}
      keys={KEYS}
      checks={{
        'recovery.methods': someOf,
        'recovery.link_lifetime_minutes': within(LINK_MINUTES),
        'recovery.code_lifetime_minutes': within(CODE_MINUTES),
        'recovery.requests_per_ip_per_hour': within(REQUESTS),
      }}
    >
      {(form) => (
        <>
          <Section title={t('recovery.mails')}>
            <SettingChoices
              field={form.field('recovery.methods')}
              label={t('recovery.methods')}
              about={t('recovery.methodsAbout')}
              choices={METHODS.map((method) => ({
                value: method,
                label: t(`recovery.${method}`),
                about: t(`recovery.${method}About`),
              }))}
            />
            <SettingNumber
              field={form.field('recovery.link_lifetime_minutes')}
              label={t('recovery.linkLifetime')}
              about={t('recovery.linkLifetimeAbout')}
              range={LINK_MINUTES}
            />
            <SettingNumber
              field={form.field('recovery.code_lifetime_minutes')}
              label={t('recovery.codeLifetime')}
              about={t('recovery.codeLifetimeAbout')}
              range={CODE_MINUTES}
            />
          </Section>
          <Section title={t('recovery.privacy')}>
            <SettingToggle
              field={form.field('recovery.choose_destination')}
              label={t('recovery.choose')}
              about={t('recovery.chooseAbout')}
            />
            {form.values['recovery.choose_destination'] && (
              <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />}>
                {t('recovery.chooseReveals')}
              </Alert>
            )}
          </Section>
          <Section title={t('recovery.limits')}>
            <SettingNumber
              field={form.field('recovery.requests_per_ip_per_hour')}
              label={t('recovery.requests')}
              about={t('recovery.requestsAbout')}
              range={REQUESTS}
            />
          </Section>
        </>
      )}
    </SettingsPage>
  );
}
