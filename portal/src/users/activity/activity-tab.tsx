import { Card, Group, NativeSelect, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { isEcho } from '../../audit-log/event-words.ts';
import { BusyButton } from '../../layout/busy-button.tsx';
import { Failure } from '../../layout/failure.tsx';
import { useProject } from '../../layout/project-frame.tsx';
import { t } from '../../words/index.ts';
import { KINDS, type Kind } from './kinds.ts';
import { activityQuery } from './queries.ts';
import { Timeline } from './timeline.tsx';

const ROUTE = '/project/$projectID/users/$userID/activity';
const KIND_NAMES = Object.keys(KINDS) as Kind[];

/** What happened to the account, the newest first; what is shown stands in the address. */
export function ActivityTab() {
  const project = useProject();
  const { userID } = useParams({ from: ROUTE });
  const { show } = useSearch({ from: ROUTE });
  const activity = useInfiniteQuery(activityQuery(project.id, userID, show));
  const entries = activity.data?.pages.flatMap((page) => page.entries).filter((entry) => !isEcho(entry));
  return (
    <Card component="section" aria-labelledby="activity">
      <Group justify="space-between" align="flex-end" gap="sm" mb="sm">
        <div>
          <Title order={2} id="activity">
            {t('activity.title')}
          </Title>
          <Text c="dimmed">{t('activity.about')}</Text>
        </div>
        <KindSelect value={show} />
      </Group>
      {activity.isError && !entries ? (
        <Failure error={activity.error} onRetry={() => void activity.refetch()} />
      ) : entries === undefined ? (
        <Loading />
      ) : entries.length === 0 ? (
        <Nothing isNarrowed={show !== undefined} />
      ) : (
        <Stack gap="md">
          <Timeline entries={entries} />
          {activity.isFetchNextPageError && <Failure error={activity.error} />}
          {activity.hasNextPage && (
            <BusyButton
              variant="default"
              busy={activity.isFetchingNextPage}
              onClick={() => void activity.fetchNextPage()}
              style={{ alignSelf: 'center' }}
            >
              {t('activity.older')}
            </BusyButton>
          )}
        </Stack>
      )}
    </Card>
  );
}

function KindSelect({ value }: { value: Kind | undefined }) {
  const navigate = useNavigate({ from: ROUTE });
  return (
    <NativeSelect
      aria-label={t('activity.show')}
      value={value ?? ''}
      onChange={({ currentTarget }) =>
        void navigate({ search: { show: KIND_NAMES.find((kind) => kind === currentTarget.value) } })
      }
      data={[
        { value: '', label: t('activity.all') },
        ...KIND_NAMES.map((kind) => ({ value: kind, label: t(`activity.${kind}`) })),
      ]}
    />
  );
}

function Nothing({ isNarrowed }: { isNarrowed: boolean }) {
  return (
    <Stack gap={4} py="xl" align="center">
      <Text fw={550}>{isNarrowed ? t('activity.noneOfKind') : t('activity.none')}</Text>
      {!isNarrowed && <Text c="dimmed">{t('activity.noneAbout')}</Text>}
    </Stack>
  );
}

function Loading() {
  return (
    <Stack gap="lg" aria-hidden>
      <Skeleton height={36} />
      <Skeleton height={36} />
      <Skeleton height={36} />
    </Stack>
  );
}
