import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { hasReason } from '../../api/error.ts';
import type { Role } from '../../api/me.ts';
import { BusyButton } from '../../layout/busy-button.tsx';
import { FormError } from '../../layout/form-error.tsx';
import { notifyDone } from '../../layout/notify.tsx';
import { wordsForError } from '../../layout/words-for-error.ts';
import { t } from '../../words/index.ts';
import { type Added, addCollaborator, collaboratorsKey } from './queries.ts';
import { RoleChoice } from './role-choice.tsx';

interface AddCollaboratorProps {
  projectID: string;
  opened: boolean;
  onClose(): void;
  /** Called with a password that no mail can carry. */
  onUnsent(added: Added): void;
}

/** What is wrong with the address; undefined where the refusal is about something else. */
function emailError(error: unknown): string | undefined {
  if (hasReason(error, 'InvalidLoginID')) return t('createUser.invalidEmail');
  if (hasReason(error, 'CollaboratorExists')) return t('collaborators.exists');
  if (hasReason(error, 'MayNotActOnCollaborator')) return t('collaborators.mayNot');
  return undefined;
}

function tell({ isNewUser, isMailed, collaborator }: Added): void {
  const email = collaborator.email ?? collaborator.name;
  if (!isNewUser) {
    notifyDone({
      title: t('collaborators.added'),
      message: t('collaborators.keeps', { email }),
      stays: true,
    });
  } else if (isMailed) {
    notifyDone({ title: t('collaborators.added'), message: t('collaborators.mailed', { email }) });
  }
}

/** Has somebody work on the project, by e-mail address and role. */
export function AddCollaborator({ opened, onClose, ...props }: AddCollaboratorProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={t('collaborators.add')}>
      <AddForm onClose={onClose} {...props} />
    </Modal>
  );
}

function AddForm({ projectID, onClose, onUnsent }: Omit<AddCollaboratorProps, 'opened'>) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const field = useRef<HTMLInputElement>(null);
  const queryClient = useQueryClient();
  const add = useMutation({
    mutationFn: () => addCollaborator(projectID, email.trim(), role),
    onSuccess: (added) => {
      void queryClient.invalidateQueries({ queryKey: collaboratorsKey(projectID) });
      onClose();
      if (added.password) onUnsent(added);
      else tell(added);
    },
    onError: (error) => {
      if (emailError(error) !== undefined) field.current?.focus();
    },
  });
  const beside = emailError(add.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() !== '' && !add.isPending) add.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <TextInput
          ref={field}
          type="email"
          label={t('collaborators.email')}
          description={t('collaborators.emailAbout')}
          autoComplete="off"
          data-autofocus
          value={email}
          error={beside}
          onChange={({ currentTarget }) => {
            setEmail(currentTarget.value);
            add.reset();
          }}
        />
        <RoleChoice role={role} onChange={setRole} />
        <FormError title={t('collaborators.notAdded')}>
          {add.error && beside === undefined ? wordsForError(add.error) : undefined}
        </FormError>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <BusyButton type="submit" disabled={email.trim() === ''} busy={add.isPending}>
            {t('collaborators.submit')}
          </BusyButton>
        </Group>
      </Stack>
    </form>
  );
}
