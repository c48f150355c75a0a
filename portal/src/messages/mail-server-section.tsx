import { Alert, Button, Group, Text } from '@mantine/core';
import { IconServer } from '@tabler/icons-react';
import { useState } from 'react';
import { Section } from '../settings/section.tsx';
import type { SettingsForm } from '../settings/use-settings-form.ts';
import { t } from '../words/index.ts';
import type { MailKey } from './mail-keys.ts';
import { type MailServer, NEW_SERVER, placeOf, readServer, signsIn, writeServer } from './mail-server.ts';
import { MailServerFields } from './mail-server-fields.tsx';

const NAME = 'messages.smtp_url';

/** The project's own mail server: none, one that is saved, or one that is being entered. */
export function MailServerSection({ form }: { form: SettingsForm<MailKey> }) {
  const field = form.field(NAME);
  const address = field.value;
  const [server, setServer] = useState<MailServer>();
  const enter = (next: MailServer) => {
    setServer(next);
    field.set(writeServer(next));
  };
  const cancel = () => {
    setServer(undefined);
    form.unset(NAME);
  };
  return (
    <Section title={t('mailServer.title')} about={t('mailServer.about')}>
      {server ? (
        <MailServerFields value={server} onChange={enter} field={field} onCancel={cancel} />
      ) : (
        <Summary
          address={address}
          isReadOnly={field.isReadOnly}
          isRemoved={form.changes.some(({ key, value }) => key === NAME && value === null)}
          onChange={() => enter((address !== null && readServer(address)) || NEW_SERVER)}
          onRemove={() => field.set(null)}
          onKeep={cancel}
        />
      )}
    </Section>
  );
}

interface SummaryProps {
  address: string | null;
  isReadOnly: boolean;
  /** Whether one that is saved is about to be taken away. */
  isRemoved: boolean;
  onChange(): void;
  onRemove(): void;
  onKeep(): void;
}

function Summary({ address, isReadOnly, isRemoved, onChange, onRemove, onKeep }: SummaryProps) {
  if (address === null) {
    return (
      <>
        {isRemoved ? (
          <Alert color="gray" icon={<IconServer size={18} aria-hidden />}>
            {t('mailServer.removed')}
          </Alert>
        ) : (
          <Text>{t('mailServer.none')}</Text>
        )}
        {!isReadOnly && (
          <Group gap="sm">
            <Button variant="default" onClick={onChange}>
              {t('mailServer.set')}
            </Button>
            {isRemoved && (
              <Button variant="default" onClick={onKeep}>
                {t('mailServer.keep')}
              </Button>
            )}
          </Group>
        )}
      </>
    );
  }
  return (
    <>
      <div>
        <Text fw={600}>{placeOf(address)}</Text>
        <Text c="dimmed" size="sm">
          {signsIn(address) ? t('mailServer.signsIn') : t('mailServer.signsInNot')}
        </Text>
      </div>
      {!isReadOnly && (
        <Group gap="sm">
          <Button variant="default" onClick={onChange}>
            {t('mailServer.change')}
          </Button>
          <Button variant="default" c="var(--bad)" onClick={onRemove}>
            {t('mailServer.remove')}
          </Button>
        </Group>
      )}
    </>
  );
}
