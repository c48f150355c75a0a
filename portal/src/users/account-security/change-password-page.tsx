import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { BackLink } from '../../layout/back-link.tsx';
import { Failure } from '../../layout/failure.tsx';
import { NotAllowed } from '../../layout/not-allowed.tsx';
import { Page } from '../../layout/page.tsx';
import { useProject } from '../../layout/project-frame.tsx';
import { t } from '../../words/index.ts';
import { policyQuery } from '../new-password/queries.ts';
import { userQuery } from '../queries.ts';
import { NoSuchUser } from '../user-page.tsx';
import { nameOf } from '../user-words.ts';
import { ChangePasswordForm } from './change-password-form.tsx';
import { whyPasswordStays } from './password-card.tsx';

/** Gives a user another password. */
export function ChangePasswordPage() {
  const project = useProject();
  const { userID } = useParams({
    from: '/project/$projectID/users/$userID/account-security/change-password',
  });
  const user = useQuery(userQuery(project.id, userID));
  const policy = useQuery(policyQuery(project.id));
  const failed = [user, policy].find(({ isError }) => isError);
  if (user.data === null) return <NoSuchUser projectID={project.id} />;
  const whyNot = user.data && whyPasswordStays(project, user.data);
  return (
    <Page
      narrow
      title={t('changePassword.title')}
      about={user.data ? nameOf(user.data) : <Skeleton height={14} width={160} my={4} />}
      above={
        <BackLink
          to="/project/$projectID/users/$userID/account-security"
          params={{ projectID: project.id, userID }}
        >
          {t('user.accountSecurity')}
        </BackLink>
      }
    >
      {failed ? (
        <Failure error={failed.error} onRetry={() => void failed.refetch()} />
      ) : whyNot !== undefined ? (
        <NotAllowed title={t('changePassword.notAllowed')}>{whyNot}</NotAllowed>
      ) : user.data && policy.data ? (
        <ChangePasswordForm project={project} user={user.data} policy={policy.data} />
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
      <Skeleton height={96} />
      <Skeleton height={60} />
      <Skeleton height={130} />
    </Stack>
  );
}
