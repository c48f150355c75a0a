import { Button, Checkbox, Group, NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Field } from '../settings/use-settings-form.ts';
import { t } from '../words/index.ts';
import { type MailSecurity, type MailServer, readServer, withSecurity, wrongPart } from './mail-server.ts';
import styles from './mail-server-fields.module.css';

const SECURITIES = ['starttls', 'tls', 'ifOffered'] as const;

/** Nobody's own login belongs here: it is the mail server's. */
const NOT_MINE = {
  autoComplete: 'off',
  spellCheck: false,
  autoCapitalize: 'off',
  'data-1p-ignore': true,
  'data-bwignore': true,
  'data-lpignore': 'true',
} as const;

interface MailServerFieldsProps {
  value: MailServer;
  onChange(value: MailServer): void;
  /** Of the address as a whole: it stands with the part that is wrong. */
  field: Pick<Field<unknown>, 'id' | 'error'>;
  onCancel(): void;
}

/** Where a mail server is and how to sign in to it. A whole address in place of the host fills in everything. */
export function MailServerFields({ value, onChange, field, onCancel }: MailServerFieldsProps) {
  const hostField = useRef<HTMLInputElement>(null);
  useEffect(() => hostField.current?.focus(), []);
  const { id, error } = field;
  const known = error === undefined ? undefined : wrongPart(value);
  const wrong = error === undefined ? undefined : (known ?? 'host');
  const words = known === undefined ? error : t(`mailServer.wrong.${known}`);
  const set = (part: Partial<MailServer>) => onChange({ ...value, ...part });
  return (
    <Stack gap="md">
      <div className={styles.place}>
        <TextInput
          {...NOT_MINE}
          ref={hostField}
          id={wrong === 'port' ? undefined : id}
          label={t('mailServer.host')}
          placeholder="smtp.example.com"
          value={value.host}
          error={wrong === 'host' && words}
          onChange={({ currentTarget: { value: host } }) => onChange(readServer(host) ?? { ...value, host })}
        />
        <TextInput
          {...NOT_MINE}
          id={wrong === 'port' ? id : undefined}
          label={t('mailServer.port')}
          inputMode="numeric"
          value={value.port}
          error={wrong === 'port' && words}
          onChange={(event) => set({ port: event.currentTarget.value.trim() })}
        />
      </div>
      <NativeSelect
        label={t('mailServer.security')}
        value={value.security}
        data={SECURITIES.map((security) => ({ value: security, label: t(`mailServer.${security}`) }))}
        error={value.security === 'ifOffered' && value.user !== '' && t('mailServer.unencrypted')}
        onChange={(event) => onChange(withSecurity(value, event.currentTarget.value as MailSecurity))}
      />
      <div className={styles.login}>
        <TextInput
          {...NOT_MINE}
          label={t('mailServer.user')}
          description={t('mailServer.userAbout')}
          value={value.user}
          onChange={(event) => set({ user: event.currentTarget.value })}
        />
        <PasswordInput
          {...NOT_MINE}
          label={t('mailServer.password')}
          description={t('mailServer.passwordAbout')}
          visibilityToggleFocusable
          visibilityToggleButtonProps={{ 'aria-label': t('password.reveal') }}
          value={value.password}
          onChange={(event) => set({ password: event.currentTarget.value })}
        />
      </div>
      <Checkbox
        label={t('mailServer.anyCertificate')}
        description={t('mailServer.anyCertificateAbout')}
        checked={value.anyCertificate}
        onChange={(event) => set({ anyCertificate: event.currentTarget.checked })}
      />
      <Group>
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
