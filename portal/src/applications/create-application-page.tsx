import { Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { mayEdit } from '../api/me.ts';
import { BackLink } from '../layout/back-link.tsx';
import { BusyButton } from '../layout/busy-button.tsx';
import { FormError } from '../layout/form-error.tsx';
import { useLeaveGuard } from '../layout/leave-guard.ts';
import { LeaveQuestion } from '../layout/leave-question.tsx';
import { NotAllowed } from '../layout/not-allowed.tsx';
import { notifyDone } from '../layout/notify.tsx';
import { Page } from '../layout/page.tsx';
import { useProject } from '../layout/project-frame.tsx';
import { RoutedButton } from '../layout/routed-button.tsx';
import { t } from '../words/index.ts';
import { AppFields, focusField } from './app-fields.tsx';
import { type AppValues, appErrors, inputFrom, isComplete, NEW_APP } from './app-values.ts';
import { ClientSecret } from './client-secret.tsx';
import { type ClientWithSecret, clientsKey, createClient } from './queries.ts';
import { TypeChoice } from './type-choice.tsx';

/** Registers an app, shows its secret this once, and goes on to its page. */
export function CreateApplicationPage() {
  const project = useProject();
  return (
    <Page
      narrow
      title={t('apps.create')}
      above={
        <BackLink to="/project/$projectID/applications" params={{ projectID: project.id }}>
          {t('apps.title')}
        </BackLink>
      }
    >
      {mayEdit(project.role) ? (
        <CreateForm projectID={project.id} />
      ) : (
        <NotAllowed title={t('apps.notAllowed')}>{t('role.viewerCannot')}</NotAllowed>
      )}
    </Page>
  );
}

function CreateForm({ projectID }: { projectID: string }) {
  const form = useForm<AppValues>({ initialValues: NEW_APP, clearInputErrorOnChange: true });
  const [made, setMade] = useState<ClientWithSecret>();
  const guard = useLeaveGuard(form.isDirty() && made === undefined);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const go = (clientID: string) =>
    void navigate({
      to: '/project/$projectID/applications/$clientID',
      params: { projectID, clientID },
      replace: true,
    });
  const create = useMutation({
    mutationFn: () => createClient(projectID, { ...inputFrom(form.values), type: form.values.type }),
    onSuccess: (created) => {
      guard.release();
      void queryClient.invalidateQueries({ queryKey: clientsKey(projectID) });
      notifyDone({ title: t('apps.created') });
      if (created.clientSecret === null) go(created.client.clientID);
      else setMade(created);
    },
    onError: (error) => {
      const errors = appErrors(error);
      form.setErrors(errors);
      focusField(errors);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete(form.values) && !create.isPending && !create.isSuccess) create.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <TypeChoice type={form.values.type} onChange={(type) => form.setValues({ type })} />
        <AppFields form={form} />
        <FormError title={t('apps.notCreated')}>{form.errors.form}</FormError>
        <Group gap="sm">
          <BusyButton type="submit" disabled={!isComplete(form.values)} busy={create.isPending}>
            {t('apps.submit')}
          </BusyButton>
          <RoutedButton variant="default" to="/project/$projectID/applications" params={{ projectID }}>
            {t('common.cancel')}
          </RoutedButton>
        </Group>
      </Stack>
      <LeaveQuestion guard={guard} />
      <ClientSecret
        secret={made?.clientSecret ?? undefined}
        onClose={() => made && go(made.client.clientID)}
      />
    </form>
  );
}
