import { Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { mayEdit } from '../../api/me.ts';
import { Failure } from '../../layout/failure.tsx';
import styles from '../../layout/plain-list.module.css';
import { useProject } from '../../layout/project-frame.tsx';
import { t } from '../../words/index.ts';
import { userQuery } from '../queries.ts';
import { nameOf } from '../user-words.ts';
import { EndAllButton } from './end-all-button.tsx';
import { sessionsQuery } from './queries.ts';
import { SessionItem } from './session-item.tsx';

/** Where the user is signed in, and the way to end that. */
export function SessionsTab() {
  const project = useProject();
  const { userID } = useParams({ from: '/project/$projectID/users/$userID/sessions' });
  const { data: user } = useQuery(userQuery(project.id, userID));
  const found = useQuery(sessionsQuery(project.id, userID));
  if (!user) return null;
  const mayAct = mayEdit(project.role);
  const { sessions, appNames } = found.data ?? {};
  return (
    <Card component="section" aria-labelledby="sessions" tabIndex={-1}>
      <Group justify="space-between" align="flex-start" gap="sm" mb="sm">
        <div>
          <Title order={2} id="sessions">
            {t('sessions.title')}
          </Title>
          <Text c="dimmed">{t('sessions.about')}</Text>
        </div>
        {mayAct && sessions !== undefined && sessions.length > 0 && (
          <EndAllButton projectID={project.id} userID={userID} name={nameOf(user)} count={sessions.length} />
        )}
      </Group>
      {found.isError ? (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      ) : sessions === undefined ? (
        <Skeleton height={64} />
      ) : sessions.length === 0 ? (
        <Stack gap={4} py="xl" align="center">
          <Text fw={550}>{t('sessions.none')}</Text>
          <Text c="dimmed" ta="center">
            {t('sessions.noneAbout')}
          </Text>
        </Stack>
      ) : (
        <ul className={styles.list}>
          {sessions.map((session) => (
            <SessionItem
              key={session.id}
              session={session}
              appNames={appNames}
              {...{ projectID: project.id, userID, mayAct }}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}
