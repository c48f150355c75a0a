import { Card, Group, Skeleton } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { mayEdit } from '../api/me.ts';
import { BackLink } from '../layout/back-link.tsx';
import { CopyID } from '../layout/copy-id.tsx';
import { Empty } from '../layout/empty.tsx';
import { Failure } from '../layout/failure.tsx';
import { Page } from '../layout/page.tsx';
import { useProject } from '../layout/project-frame.tsx';
import { RoutedButton } from '../layout/routed-button.tsx';
import { t } from '../words/index.ts';
import { UserMenu } from './actions/user-menu.tsx';
import { idBehind } from './global-id.ts';
import { type User, userQuery } from './queries.ts';
import styles from './user-page.module.css';
import { UserStatus } from './user-status.tsx';
import { nameOf } from './user-words.ts';

/** One user: who it is, and the tabs below. */
export function UserPage() {
  const project = useProject();
  const { userID } = useParams({ from: '/project/$projectID/users/$userID' });
  const user = useQuery(userQuery(project.id, userID));
  if (user.data === null) return <NoSuchUser projectID={project.id} />;
  return (
    <Page
      title={user.data && nameOf(user.data)}
      above={
        <BackLink to="/project/$projectID/users" params={{ projectID: project.id }}>
          {t('users.title')}
        </BackLink>
      }
      about={<Head user={user.data} />}
      action={user.data && mayEdit(project.role) && <UserMenu projectID={project.id} user={user.data} />}
    >
      {user.isError ? (
        <Failure error={user.error} onRetry={() => void user.refetch()} />
      ) : (
        <>
          <Tabs projectID={project.id} userID={userID} />
          {user.data ? <Outlet /> : <LoadingTab />}
        </>
      )}
    </Page>
  );
}

function Head({ user }: { user: User | undefined }) {
  return (
    <Group gap="xs" mih={28}>
      {user ? (
        <>
          <UserStatus user={user} />
          <CopyID value={idBehind(user.id) ?? user.id} label={t('user.copyID')} />
        </>
      ) : (
        <Skeleton height={20} width={320} maw="100%" />
      )}
    </Group>
  );
}

function Tabs({ projectID, userID }: { projectID: string; userID: string }) {
  const params = { projectID, userID };
  return (
    <nav className={styles.tabs} aria-label={t('user.tabs')}>
      <Link
        className={styles.tab}
        to="/project/$projectID/users/$userID"
        params={params}
        activeOptions={{ exact: true }}
      >
        {t('user.profile')}
      </Link>
      <Link className={styles.tab} to="/project/$projectID/users/$userID/account-security" params={params}>
        {t('user.accountSecurity')}
      </Link>
      <Link className={styles.tab} to="/project/$projectID/users/$userID/sessions" params={params}>
        {t('user.sessions')}
      </Link>
      <Link className={styles.tab} to="/project/$projectID/users/$userID/activity" params={params}>
        {t('user.activity')}
      </Link>
    </nav>
  );
}

function LoadingTab() {
  return (
    <Card>
      <Skeleton height={16} width={120} mb="lg" />
      <Skeleton height={14} width="60%" mb="md" />
      <Skeleton height={14} width="45%" mb="md" />
      <Skeleton height={14} width="50%" />
    </Card>
  );
}

/** For an id that no user of the project has. */
export function NoSuchUser({ projectID }: { projectID: string }) {
  return (
    <Page title={t('user.notFound')}>
      <Empty
        icon={<IconUserQuestion size={26} />}
        title={t('user.notFoundAbout')}
        action={
          <RoutedButton variant="default" to="/project/$projectID/users" params={{ projectID }}>
            {t('user.toUsers')}
          </RoutedButton>
        }
      />
    </Page>
  );
}
