import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { mayEdit } from '../../api/me.ts';
import { BackLink } from '../../layout/back-link.tsx';
import { Failure } from '../../layout/failure.tsx';
import { NotAllowed } from '../../layout/not-allowed.tsx';
import { Page } from '../../layout/page.tsx';
import { useProject } from '../../layout/project-frame.tsx';
import { t } from '../../words/index.ts';
import { userQuery } from '../queries.ts';
import { NoSuchUser } from '../user-page.tsx';
import { nameOf } from '../user-words.ts';
import { EditProfileForm } from './edit-profile-form.tsx';

/** Changes who a user is said to be. */
export function EditProfilePage() {
  const project = useProject();
  const { userID } = useParams({ from: '/project/$projectID/users/$userID/edit-profile' });
  const user = useQuery(userQuery(project.id, userID));
  if (user.data === null) return <NoSuchUser projectID={project.id} />;
  const whyNot = user.data?.isAnonymized
    ? t('reason.UserIsAnonymized')
    : mayEdit(project.role)
      ? undefined
      : t('role.viewerCannot');
  return (
    <Page
      narrow
      title={t('profileForm.title')}
      about={user.data ? nameOf(user.data) : <Skeleton height={14} width={160} my={4} />}
      above={
        <BackLink to="/project/$projectID/users/$userID" params={{ projectID: project.id, userID }}>
          {t('user.profile')}
        </BackLink>
      }
    >
      {user.isError ? (
        <Failure error={user.error} onRetry={() => void user.refetch()} />
      ) : whyNot !== undefined ? (
        <NotAllowed title={t('profileForm.notAllowed')}>{whyNot}</NotAllowed>
      ) : user.data ? (
        <EditProfileForm projectID={project.id} user={user.data} />
      ) : (
        <Stack gap="lg">
          <Skeleton height={60} />
          <Skeleton height={60} />
          <Skeleton height={60} />
        </Stack>
      )}
    </Page>
  );
}
