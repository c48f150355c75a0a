import { Box, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef } from 'react';
import { meQuery, useMe } from '../api/me.ts';
import { BackLink } from '../layout/back-link.tsx';
import { BusyButton } from '../layout/busy-button.tsx';
import { FormError } from '../layout/form-error.tsx';
import { useLeaveGuard } from '../layout/leave-guard.ts';
import { LeaveQuestion } from '../layout/leave-question.tsx';
import { NotAllowed } from '../layout/not-allowed.tsx';
import { Page } from '../layout/page.tsx';
import { RoutedButton } from '../layout/routed-button.tsx';
import { t } from '../words/index.ts';
import { createProject, projectErrors } from './create-project.ts';

/** Makes another project, outside of any. */
export function CreateProjectPage() {
  const { createsProjects } = useMe();
  return (
    <Box component="main" px="md" py={{ base: 'lg', sm: 64 }}>
      <Page
        narrow
        title={t('createProject.title')}
        about={t('createProject.about')}
        above={<BackLink to="/">{t('createProject.back')}</BackLink>}
      >
        {createsProjects ? (
          <CreateProjectForm />
        ) : (
          <NotAllowed title={t('createProject.notAllowed')}>{t('createProject.notAllowedAbout')}</NotAllowed>
        )}
      </Page>
    </Box>
  );
}

function CreateProjectForm() {
  const form = useForm({ initialValues: { name: '', origin: '' }, clearInputErrorOnChange: true });
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const nameField = useRef<HTMLInputElement>(null);
  const originField = useRef<HTMLInputElement>(null);
  const create = useMutation({
    mutationFn: () => createProject(form.values.name.trim(), form.values.origin.trim()),
    onSuccess: async (projectID) => {
      guard.release();
      await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
      await navigate({ to: '/project/$projectID/first-steps', params: { projectID }, replace: true });
    },
    onError: (error) => {
      const errors = projectErrors(error);
      form.setErrors(errors);
      if (errors.name !== undefined) nameField.current?.focus();
      else if (errors.origin !== undefined) originField.current?.focus();
    },
  });
  const guard = useLeaveGuard(form.isDirty() && !create.isSuccess);
  const isComplete = form.values.name.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete && !create.isPending && !create.isSuccess) create.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <TextInput
          ref={nameField}
          label={t('createProject.name')}
          description={t('createProject.nameAbout')}
          autoFocus
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <TextInput
          ref={originField}
          type="url"
          label={t('createProject.origin')}
          description={t('createProject.originAbout')}
          placeholder="https://login.example.com"
          autoComplete="off"
          {...form.getInputProps('origin')}
        />
        <FormError title={t('createProject.failed')}>{form.errors.form}</FormError>
        <Group gap="sm">
          <BusyButton type="submit" disabled={!isComplete} busy={create.isPending}>
            {t('createProject.submit')}
          </BusyButton>
          <RoutedButton variant="default" to="/">
            {t('common.cancel')}
          </RoutedButton>
        </Group>
      </Stack>
      <LeaveQuestion guard={guard} />
    </form>
  );
}
