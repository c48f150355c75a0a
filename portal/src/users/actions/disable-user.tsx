import { Button, Group, Modal, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect } from 'react';
import { BusyButton } from '../../layout/busy-button.tsx';
import { FormError } from '../../layout/form-error.tsx';
import { notifyDone } from '../../layout/notify.tsx';
import { wordsForError } from '../../layout/words-for-error.ts';
import { t } from '../../words/index.ts';
import type { User } from '../queries.ts';
import { nameOf } from '../user-words.ts';
import { disableUser } from './queries.ts';

interface DisableUserProps {
  projectID: string;
  user: User;
  opened: boolean;
  onClose(): void;
  onDone(): void;
}

interface Values {
  kind: 'forGood' | 'forATime';
  from: string;
  until: string;
  reason: string;
}

const START: Values = { kind: 'forGood', from: '', until: '', reason: '' };
const LONGEST_REASON = 1_000;

/** A moment as the browser's own field writes it, in the operator's time zone. */
const moment = (local: string): string => new Date(local).toISOString();

/** Asks how an account is to be disabled, and says what that does. */
export function DisableUser({ projectID, user, opened, onClose, onDone }: DisableUserProps) {
  const form = useForm<Values>({ initialValues: START, clearInputErrorOnChange: true });
  const { kind, from, until } = form.values;
  const isForATime = kind === 'forATime';
  const disable = useMutation({
    mutationFn: () =>
      disableUser(projectID, user.id, {
        reason: form.values.reason.trim() || undefined,
        ...(isForATime && {
          temporarilyDisabledFrom: from === '' ? new Date().toISOString() : moment(from),
          temporarilyDisabledUntil: moment(until),
        }),
      }),
    onSuccess: () => {
      notifyDone({ title: t('disable.done'), message: nameOf(user) });
      onClose();
    },
    onSettled: onDone,
  });
  const { reset } = disable;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each opening begins anew
  useEffect(() => {
    if (!opened) return;
    form.setValues(START);
    form.clearErrors();
    reset();
  }, [opened]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (disable.isPending) return;
    if (isForATime && until === '') form.setFieldError('until', t('disable.untilMissing'));
    else if (isForATime && from !== '' && from >= until) form.setFieldError('until', t('disable.reversed'));
    else disable.mutate();
  };

  return (
    <Modal opened={opened} onClose={onClose} title={t('disable.title', { name: nameOf(user) })}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text>{t('disable.about')}</Text>
          <Radio.Group label={t('disable.howLong')} {...form.getInputProps('kind')}>
            <Stack gap="xs" mt="xs">
              <Radio value="forGood" label={t('disable.forGood')} />
              <Radio value="forATime" label={t('disable.forATime')} />
            </Stack>
          </Radio.Group>
          {isForATime && (
            <Group grow align="flex-start" preventGrowOverflow={false}>
              <TextInput
                type="datetime-local"
                label={t('disable.from')}
                description={t('disable.fromAbout')}
                {...form.getInputProps('from')}
              />
              <TextInput
                type="datetime-local"
                label={t('disable.until')}
                description={t('disable.untilAbout')}
                {...form.getInputProps('until')}
              />
            </Group>
          )}
          <Textarea
            label={t('disable.reason')}
            description={t('disable.reasonAbout')}
            maxLength={LONGEST_REASON}
            autosize
            minRows={2}
            {...form.getInputProps('reason')}
          />
          <FormError title={t('disable.failed')}>
            {disable.isError ? wordsForError(disable.error) : undefined}
          </FormError>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <BusyButton type="submit" color="red" busy={disable.isPending}>
              {t('disable.submit')}
            </BusyButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
