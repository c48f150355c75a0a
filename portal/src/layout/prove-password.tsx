import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { hasReason } from '../api/error.ts';
import { useMe } from '../api/me.ts';
import { post } from '../api/post.ts';
import { onProofWanted } from '../api/prove-password.ts';
import { t } from '../words/index.ts';
import { BusyButton } from './busy-button.tsx';
import { wordsForError } from './words-for-error.ts';

type Answer = (proved: boolean) => void;

/** Asks for the operator's own password before something grave, when it was last proved a while ago. */
export function ProvePassword() {
  const { operator } = useMe();
  const [answer, setAnswer] = useState<Answer>();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => onProofWanted((next) => setAnswer(() => next)), []);

  const finish = (proved: boolean) => {
    answer?.(proved);
    setAnswer(undefined);
    setPassword('');
    setError(undefined);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (busy) return;
    setBusy(true);
    try {
      await post('/reauthenticate', { password });
      finish(true);
    } catch (failure) {
      setError(hasReason(failure, 'InvalidCredentials') ? t('prove.wrong') : wordsForError(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={answer !== undefined} onClose={() => finish(false)} title={t('prove.title')} zIndex={300}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <Text c="dimmed">{t('prove.about')}</Text>
          <input
            type="text"
            name="username"
            autoComplete="username"
            value={operator.email ?? operator.name}
            readOnly
            hidden
          />
          <PasswordInput
            label={t('prove.password')}
            autoComplete="current-password"
            data-autofocus
            visibilityToggleFocusable
            visibilityToggleButtonProps={{ 'aria-label': t('password.reveal') }}
            value={password}
            error={error}
            onChange={(event) => {
              setPassword(event.currentTarget.value);
              setError(undefined);
            }}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => finish(false)}>
              {t('common.cancel')}
            </Button>
            <BusyButton type="submit" busy={busy} disabled={password === ''}>
              {t('prove.confirm')}
            </BusyButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
