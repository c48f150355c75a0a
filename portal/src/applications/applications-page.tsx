import { Badge, Card, Skeleton } from '@mantine/core';
import { IconApps, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { mayEdit } from '../api/me.ts';
import { CopyID } from '../layout/copy-id.tsx';
import { Empty } from '../layout/empty.tsx';
import { Failure } from '../layout/failure.tsx';
import { Page } from '../layout/page.tsx';
import styles from '../layout/plain-table.module.css';
import { useProject } from '../layout/project-frame.tsx';
import { RelativeTime } from '../layout/relative-time.tsx';
import { RoutedButton } from '../layout/routed-button.tsx';
import { t } from '../words/index.ts';
import { type Client, clientsQuery } from './queries.ts';

/** The apps that sign their users in with this project. */
export function ApplicationsPage() {
  const project = useProject();
  const clients = useQuery(clientsQuery(project.id));
  const create = mayEdit(project.role) && (
    <RoutedButton
      to="/project/$projectID/applications/create"
      params={{ projectID: project.id }}
      leftSection={<IconPlus size={16} aria-hidden />}
    >
      {t('apps.create')}
    </RoutedButton>
  );
  return (
    <Page title={t('apps.title')} about={t('apps.about')} action={create}>
      {clients.isError ? (
        <Failure error={clients.error} onRetry={() => void clients.refetch()} />
      ) : clients.data?.length === 0 ? (
        <Empty icon={<IconApps size={26} />} title={t('apps.none')} action={create}>
          {t('apps.noneAbout')}
        </Empty>
      ) : (
        <Card py="xs">
          {clients.data ? (
            <ClientsTable projectID={project.id} clients={clients.data} />
          ) : (
            <Skeleton height={140} />
          )}
        </Card>
      )}
    </Page>
  );
}

function ClientsTable({ projectID, clients }: { projectID: string; clients: readonly Client[] }) {
  return (
    <table className={styles.table} aria-label={t('apps.title')}>
      <thead>
        <tr>
          <th scope="col">{t('app.name')}</th>
          <th scope="col">{t('app.type')}</th>
          <th scope="col">{t('app.clientID')}</th>
          <th scope="col">{t('users.created')}</th>
        </tr>
      </thead>
      <tbody>
        {clients.map((client) => (
          <tr key={client.clientID}>
            <td data-label={t('app.name')}>
              <Link
                className={styles.link}
                to="/project/$projectID/applications/$clientID"
                params={{ projectID, clientID: client.clientID }}
              >
                {client.name}
              </Link>
            </td>
            <td data-label={t('app.type')}>
              <Badge variant="default" size="sm" radius="sm" tt="none" fw={500}>
                {t(`app.types.${client.type}`)}
              </Badge>
            </td>
            <td data-label={t('app.clientID')}>
              <CopyID value={client.clientID} label={t('app.copyClientID')} />
            </td>
            <td data-label={t('users.created')}>
              <RelativeTime time={client.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
