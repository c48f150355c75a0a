import { Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { BusyButton } from '../../layout/busy-button.tsx';
import { FormError } from '../../layout/form-error.tsx';
import { notifyDone } from '../../layout/notify.tsx';
import { wordsForError } from '../../layout/words-for-error.ts';
import { t } from '../../words/index.ts';
import { type User, userKey, usersKey } from '../queries.ts';
import { loginIDsOf, nameOf } from '../user-words.ts';
import { deleteUser } from './queries.ts';

interface DeleteUserProps {
  projectID: string;
  user: User;
  opened: boolean;
  onClose(): void;
}

const LONGEST_REASON = 1_000;

/** Says what goes, and asks for the account to be named before it is deleted. */
export function DeleteUser({ projectID, user, opened, onClose }: DeleteUserProps) {
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  // A name may be anybody's; a login id is this account's alone.
  const wanted = loginIDsOf(user)[0]?.value ?? nameOf(user);
  const remove = useMutation({
    mutationFn: () => deleteUser(projectID, user.id, reason.trim() || undefined),
    onSuccess: async () => {
      notifyDone({ title: t('deleteUser.done'), message: nameOf(user) });
      await navigate({ to: '/project/$projectID/users', params: { projectID }, replace: true });
      queryClient.removeQueries({ queryKey: userKey(projectID, user.id) });
      void queryClient.invalidateQueries({ queryKey: usersKey(projectID) });
    },
  });
  const { reset } = remove;
  useEffect(() => {
    if (!opened) return;
    setTyped('');
    setReason('');
    reset();
  }, [opened, reset]);

  const isNamed = typed.trim() === wanted;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (isNamed && !remove.isPending) remove.mutate();
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('deleteUser.title', { name: nameOf(user) })}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text>{t('deleteUser.about')}</Text>
          <List size="sm" spacing={4}>
            <List.Item>{t('deleteUser.account')}</List.Item>
            <List.Item>{t('deleteUser.sessions')}</List.Item>
            <List.Item>{t('deleteUser.log')}</List.Item>
          </List>
          <TextInput
            label={t('deleteUser.confirm', { wanted })}
            autoComplete="off"
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <TextInput
            label={t('deleteUser.reason')}
            description={t('deleteUser.reasonAbout')}
            maxLength={LONGEST_REASON}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FormError title={t('deleteUser.failed')}>
            {remove.isError ? wordsForError(remove.error) : undefined}
          </FormError>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <BusyButton type="submit" color="red" disabled={!isNamed} busy={remove.isPending}>
              {t('deleteUser.submit')}
            </BusyButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
