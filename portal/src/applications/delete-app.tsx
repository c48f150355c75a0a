import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { type FormEvent, useState } from 'react';
import { t } from '../words/index.ts';

const ID = 'delete-app';

/** Asks for the app's name before it is deleted: everybody who uses it is locked out of it at once. */
export function confirmDeletion(name: string, onConfirm: () => void): void {
  modals.open({
    modalId: ID,
    title: t('app.deleteTitle', { name }),
    withCloseButton: false,
    children: <DeleteForm name={name} onConfirm={onConfirm} />,
  });
}

function DeleteForm({ name, onConfirm }: { name: string; onConfirm: () => void }) {
  const [typed, setTyped] = useState('');
  const isRight = typed.trim() === name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isRight) return;
    modals.close(ID);
    onConfirm();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text>{t('app.deleteAbout')}</Text>
        <TextInput
          label={t('app.deleteConfirm', { name })}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => modals.close(ID)}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" color="red" disabled={!isRight}>
            {t('app.delete')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
