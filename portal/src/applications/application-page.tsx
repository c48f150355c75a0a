import { Badge, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconApps } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { type MyProject, mayEdit } from '../api/me.ts';
import { BackLink } from '../layout/back-link.tsx';
import { BusyButton } from '../layout/busy-button.tsx';
import { askToConfirm } from '../layout/confirm.tsx';
import { Empty } from '../layout/empty.tsx';
import { Failure } from '../layout/failure.tsx';
import { FormError } from '../layout/form-error.tsx';
import { useLeaveGuard } from '../layout/leave-guard.ts';
import { LeaveQuestion } from '../layout/leave-question.tsx';
import { notifyDone, notifyFailed } from '../layout/notify.tsx';
import { Page } from '../layout/page.tsx';
import { useProject } from '../layout/project-frame.tsx';
import { RoutedButton } from '../layout/routed-button.tsx';
import { t } from '../words/index.ts';
import { AppFields, focusField } from './app-fields.tsx';
import { type AppValues, appErrors, hasSecret, inputFrom, isComplete, valuesOf } from './app-values.ts';
import { ClientSecret } from './client-secret.tsx';
import { ConnectCard } from './connect-card.tsx';
import { confirmDeletion } from './delete-app.tsx';
import { type Client, clientQuery, clientsKey, deleteClient, rotateSecret, updateClient } from './queries.ts';

/** One app: what to paste into it, what is registered of it, its secret, and its end. */
export function ApplicationPage() {
  const project = useProject();
  const { clientID } = useParams({ from: '/project/$projectID/applications/$clientID' });
  const client = useQuery(clientQuery(project.id, clientID));
  const back = (
    <BackLink to="/project/$projectID/applications" params={{ projectID: project.id }}>
      {t('apps.title')}
    </BackLink>
  );
  if (client.data === null) {
    return (
      <Page title={t('app.notFound')} above={back}>
        <Empty
          icon={<IconApps size={26} />}
          title={t('app.notFoundAbout')}
          action={
            <RoutedButton
              variant="default"
              to="/project/$projectID/applications"
              params={{ projectID: project.id }}
            >
              {t('app.toApps')}
            </RoutedButton>
          }
        />
      </Page>
    );
  }
  return (
    <Page
      narrow
      title={client.data?.name}
      above={back}
      about={
        client.data && (
          <Badge variant="default" size="sm" radius="sm" tt="none" fw={500}>
            {t(`app.types.${client.data.type}`)}
          </Badge>
        )
      }
    >
      {client.isError ? (
        <Failure error={client.error} onRetry={() => void client.refetch()} />
      ) : client.data ? (
        <Stack gap="lg">
          <ConnectCard client={client.data} origin={project.origin} />
          <EditCard key={client.data.updatedAt} project={project} client={client.data} />
          {mayEdit(project.role) && <EndCard project={project} client={client.data} />}
        </Stack>
      ) : (
        <Skeleton height={320} />
      )}
    </Page>
  );
}

interface CardProps {
  project: MyProject;
  client: Client;
}

/** The registered facts, to be changed. */
function EditCard({ project, client }: CardProps) {
  const form = useForm<AppValues>({ initialValues: valuesOf(client), clearInputErrorOnChange: true });
  const guard = useLeaveGuard(form.isDirty());
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: () => updateClient(project.id, client.clientID, inputFrom(form.values)),
    onSuccess: (saved) => {
      guard.release();
      notifyDone({ title: t('app.saved') });
      queryClient.setQueryData(clientQuery(project.id, client.clientID).queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: clientsKey(project.id), exact: true });
    },
    onError: (error) => {
      const errors = appErrors(error);
      form.setErrors(errors);
      focusField(errors);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (form.isDirty() && isComplete(form.values) && !save.isPending) save.mutate();
  };
  return (
    <Card component="section" aria-labelledby="registered">
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          <Title order={2} id="registered">
            {t('app.registered')}
          </Title>
          <AppFields form={form} readOnly={!mayEdit(project.role)} />
          <FormError title={t('app.notSaved')}>{form.errors.form}</FormError>
          {mayEdit(project.role) && (
            <Group>
              <BusyButton
                type="submit"
                disabled={!form.isDirty() || !isComplete(form.values)}
                busy={save.isPending}
              >
                {t('app.save')}
              </BusyButton>
            </Group>
          )}
        </Stack>
      </form>
      <LeaveQuestion guard={guard} />
    </Card>
  );
}

/** A new secret, or the end of the app. */
function EndCard({ project, client }: CardProps) {
  const [secret, setSecret] = useState<string>();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const rotate = useMutation({
    mutationFn: () => rotateSecret(project.id, client.clientID),
    onSuccess: setSecret,
    onError: (error) => notifyFailed(t('app.notRotated'), error),
  });
  const remove = useMutation({
    mutationFn: () => deleteClient(project.id, client.clientID),
    onSuccess: async () => {
      notifyDone({ title: t('app.deleted', { name: client.name }) });
      await navigate({ to: '/project/$projectID/applications', params: { projectID: project.id } });
      await queryClient.invalidateQueries({ queryKey: clientsKey(project.id) });
    },
    onError: (error) => notifyFailed(t('app.notDeleted'), error),
  });
  const askToRotate = () =>
    askToConfirm({
      title: t('app.rotateTitle', { name: client.name }),
      children: t('app.rotateAbout'),
      act: t('app.rotate'),
      onAct: () => rotate.mutate(),
    });
  return (
    <Card component="section" aria-label={t('app.end')} py="xs">
      {hasSecret(client.type) && (
        <Group justify="space-between" py="sm" gap="sm">
          <Text flex="1 1 240px" c="dimmed">
            {t('app.rotateHint')}
          </Text>
          <BusyButton variant="default" busy={rotate.isPending} onClick={askToRotate}>
            {t('app.rotate')}
          </BusyButton>
        </Group>
      )}
      <Group justify="space-between" py="sm" gap="sm">
        <Text flex="1 1 240px" c="dimmed">
          {t('app.deleteHint')}
        </Text>
        <BusyButton
          variant="default"
          c="var(--bad)"
          busy={remove.isPending}
          onClick={() => confirmDeletion(client.name, () => remove.mutate())}
        >
          {t('app.delete')}
        </BusyButton>
      </Group>
      <ClientSecret secret={secret} onClose={() => setSecret(undefined)} />
    </Card>
  );
}
