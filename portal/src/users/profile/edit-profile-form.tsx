import { Fieldset, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef } from 'react';
import { BusyButton } from '../../layout/busy-button.tsx';
import { FormError } from '../../layout/form-error.tsx';
import { useLeaveGuard } from '../../layout/leave-guard.ts';
import { LeaveQuestion } from '../../layout/leave-question.tsx';
import { notifyDone } from '../../layout/notify.tsx';
import { RoutedButton } from '../../layout/routed-button.tsx';
import { wordsForError } from '../../layout/words-for-error.ts';
import { t } from '../../words/index.ts';
import { type User, userKey, usersKey } from '../queries.ts';
import {
  ABOUT,
  ADDRESS,
  type Attribute,
  attributeErrors,
  attributesOf,
  NAMES,
  type ProfileValues,
  valuesOf,
} from './attributes.ts';
import { updateUser } from './queries.ts';

interface EditProfileFormProps {
  projectID: string;
  user: User;
}

/** The standard attributes of OpenID Connect, in three groups. Login ids are changed elsewhere. */
export function EditProfileForm({ projectID, user }: EditProfileFormProps) {
  const form = useForm<ProfileValues & { form?: string }>({
    initialValues: valuesOf(user.standardAttributes),
    clearInputErrorOnChange: true,
  });
  const guard = useLeaveGuard(form.isDirty());
  const frame = useRef<HTMLFormElement>(null);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const params = { projectID, userID: user.id };

  const save = useMutation({
    mutationFn: () => updateUser(projectID, user.id, attributesOf(user.standardAttributes, form.values)),
    onSuccess: async () => {
      guard.release();
      notifyDone({ title: t('profileForm.done') });
      void queryClient.invalidateQueries({ queryKey: usersKey(projectID) });
      await queryClient.invalidateQueries({ queryKey: userKey(projectID, user.id) });
      void navigate({ to: '/project/$projectID/users/$userID', params, replace: true });
    },
    onError: (error) => {
      const beside = attributeErrors(error);
      const [first] = Object.keys(beside);
      form.setErrors(first === undefined ? { form: wordsForError(error) } : beside);
      if (first !== undefined) frame.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (form.isDirty() && !save.isPending && !save.isSuccess) save.mutate();
  };

  const field = (name: Attribute) => {
    const props = { name, label: t(`profileForm.field.${name}`), ...form.getInputProps(name) };
    if (name === 'street_address') return <Textarea key={name} autosize minRows={2} {...props} />;
    const hint = name in HINTS ? t(`profileForm.hint.${name as keyof typeof HINTS}`) : undefined;
    return <TextInput key={name} description={hint} {...props} />;
  };

  return (
    <form ref={frame} onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="lg">
        <Fieldset legend={t('profileForm.names')}>
          <Stack gap="md">{NAMES.map(field)}</Stack>
        </Fieldset>
        <Fieldset legend={t('profileForm.about')}>
          <Stack gap="md">{ABOUT.map(field)}</Stack>
        </Fieldset>
        <Fieldset legend={t('profileForm.address')}>
          <Stack gap="md">{ADDRESS.map(field)}</Stack>
        </Fieldset>
        <FormError title={t('profileForm.failed')}>{form.errors.form}</FormError>
        <Group gap="sm">
          <BusyButton type="submit" disabled={!form.isDirty()} busy={save.isPending}>
            {t('profileForm.submit')}
          </BusyButton>
          <RoutedButton variant="default" to="/project/$projectID/users/$userID" params={params}>
            {t('common.cancel')}
          </RoutedButton>
        </Group>
      </Stack>
      <LeaveQuestion guard={guard} />
    </form>
  );
}

/** The fields whose form is not plain from their name. */
const HINTS = { birthdate: true, zoneinfo: true, locale: true, website: true } as const;
