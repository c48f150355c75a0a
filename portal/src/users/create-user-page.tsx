import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { mayEdit } from '../api/me.ts';
import { BackLink } from '../layout/back-link.tsx';
import { Failure } from '../layout/failure.tsx';
import { NotAllowed } from '../layout/not-allowed.tsx';
import { Page } from '../layout/page.tsx';
import { useProject } from '../layout/project-frame.tsx';
import { t } from '../words/index.ts';
import { CreateUserForm } from './create-user-form.tsx';
import { policyQuery } from './new-password/queries.ts';

/** Makes a user: one login id, and a password if wanted. */
export function CreateUserPage() {
  const project = useProject();
  const policy = useQuery(policyQuery(project.id));
  return (
    <Page
      narrow
      title={t('createUser.title')}
      above={
        <BackLink to="/project/$projectID/users" params={{ projectID: project.id }}>
          {t('users.title')}
        </BackLink>
      }
    >
      {!mayEdit(project.role) ? (
        <NotAllowed title={t('createUser.notAllowed')}>{t('role.viewerCannot')}</NotAllowed>
      ) : policy.isError ? (
        <Failure error={policy.error} onRetry={() => void policy.refetch()} />
      ) : policy.data ? (
        <CreateUserForm projectID={project.id} policy={policy.data} />
      ) : (
        <LoadingForm />
      )}
    </Page>
  );
}

function LoadingForm() {
  return (
    <Stack gap="lg">
      <Skeleton height={60} />
      <Skeleton height={80} />
      <Skeleton height={160} />
    </Stack>
  );
}
