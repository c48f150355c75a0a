import { t } from '../words/index.ts';
import { BrandColor } from './brand-color.tsx';
import { ProjectSection } from './project-section.tsx';
import { Section } from './section.tsx';
import { SettingText } from './setting-fields.tsx';
import type { SettingKey } from './setting-values.ts';
import { SettingsPage } from './settings-page.tsx';

const KEYS = ['branding.logo_url', 'branding.primary_color'] as const satisfies readonly SettingKey[];

/** What a project is called and how its pages and mails look. */
export function GeneralPage() {
  return (
    <SettingsPage title={t('general.title')} about={t('general.about')} keys={KEYS}>
      {(form, project) => (
        <>
          <ProjectSection project={project} />
          <Section title={t('branding.title')} about={t('branding.about')}>
            <SettingText
              field={form.field('branding.logo_url')}
              type="url"
              label={t('branding.logo')}
              about={t('branding.logoAbout')}
              placeholder="https://example.com/logo.svg"
            />
            <BrandColor field={form.field('branding.primary_color')} />
          </Section>
        </>
      )}
    </SettingsPage>
  );
}
