import { Section } from '../settings/section.tsx';
import { SettingText } from '../settings/setting-fields.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { t } from '../words/index.ts';
import { MAIL_KEYS } from './mail-keys.ts';
import { MailRouteSection } from './mail-route-section.tsx';
import { readServer, wrongPart } from './mail-server.ts';
import { MailServerSection } from './mail-server-section.tsx';
import { TestMailSection } from './test-mail-section.tsx';

/** What the form knows of an address that is not finished; its parts are told beside their fields. */
function serverProblem(value: unknown): string | undefined {
  if (value === null) return undefined;
  const server = readServer(String(value));
  const part = server === undefined ? 'host' : wrongPart(server);
  return part && t(`mailServer.wrong.${part}`);
}

/** The mail server of a project, who its mails come from, and a mail to see that they arrive. */
export function MailSettingsPage() {
  return (
    <SettingsPage
      title={t('mailSettings.title')}
      about={t('mailSettings.about')}
      keys={MAIL_KEYS}
      checks={{ 'messages.smtp_url': serverProblem }}
      after={(form, project) => !form.isReadOnly && <TestMailSection form={form} projectID={project.id} />}
    >
      {(form, project) => (
        <>
          <MailRouteSection projectID={project.id} />
          <MailServerSection key={form.round} form={form} />
          <Section title={t('sender.title')} about={t('sender.about')}>
            <SettingText
              field={form.field('messages.sender_name')}
              label={t('sender.name')}
              about={t('sender.nameAbout')}
              placeholder={project.name}
            />
            <SettingText
              field={form.field('messages.sender_address')}
              type="email"
              label={t('sender.address')}
              about={t('sender.addressAbout')}
              placeholder={`no-reply@${new URL(project.origin).hostname}`}
            />
          </Section>
        </>
      )}
    </SettingsPage>
  );
}
