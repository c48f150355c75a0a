import { Anchor, Code, Drawer, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMe } from '../api/me.ts';
import { CodeBlock } from '../layout/code-block.tsx';
import { CopyID } from '../layout/copy-id.tsx';
import { Definition, Definitions } from '../layout/definition.tsx';
import { Failure } from '../layout/failure.tsx';
import { exactWords, RelativeTime } from '../layout/relative-time.tsx';
import { idBehind } from '../users/global-id.ts';
import { nameOf } from '../users/user-words.ts';
import { t } from '../words/index.ts';
import { actorWords, headline } from './entry-words.ts';
import { type Entry, entryQuery } from './queries.ts';

interface EntryDrawerProps {
  projectID: string;
  /** The global id of the entry; undefined while none is open. */
  entryID: string | undefined;
  onClose(): void;
}

/** All that was recorded of one event, beside the list. */
export function EntryDrawer({ projectID, entryID, onClose }: EntryDrawerProps) {
  const entry = useQuery({ ...entryQuery(projectID, entryID ?? ''), enabled: entryID !== undefined });
  return (
    <Drawer
      opened={entryID !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={t('auditLog.entry')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      // Its <header> would be a second banner beside the page's own.
      attributes={{ header: { role: 'presentation' } }}
      transitionProps={{ duration: 120 }}
    >
      {entry.isError ? (
        <Failure error={entry.error} onRetry={() => void entry.refetch()} />
      ) : entry.data === null ? (
        <Text>{t('auditLog.gone')}</Text>
      ) : entry.data ? (
        <EntryFacts projectID={projectID} entry={entry.data} />
      ) : (
        <Stack gap="md">
          <Skeleton height={24} width="70%" />
          <Skeleton height={200} />
        </Stack>
      )}
    </Drawer>
  );
}

function EntryFacts({ projectID, entry }: { projectID: string; entry: Entry }) {
  const { operator } = useMe();
  const { actor, user } = entry;
  return (
    <Stack gap="md">
      <Title order={3} size="h2" style={{ overflowWrap: 'anywhere' }}>
        {headline(entry)}
      </Title>
      <Definitions>
        <Definition name={t('auditLog.when')}>
          {exactWords(new Date(entry.createdAt))}
          <Text size="sm" c="dimmed">
            <RelativeTime time={entry.createdAt} focusable={false} />
          </Text>
        </Definition>
        <Definition name={t('auditLog.who')}>
          {actorWords(entry, idBehind(operator.id) ?? operator.id)}
          {actor.id && actor.type !== 'ADMIN_API' && (
            <div>
              <CopyID value={actor.id} label={t('auditLog.copyActor')} />
            </div>
          )}
        </Definition>
        {user && (
          <Definition name={t('auditLog.about')}>
            <Anchor
              component={Link}
              to={`/project/${encodeURIComponent(projectID)}/users/${encodeURIComponent(user.id)}`}
            >
              {nameOf(user)}
            </Anchor>
          </Definition>
        )}
        {entry.ipAddress && <Definition name={t('auditLog.ip')}>{entry.ipAddress}</Definition>}
        {entry.userAgent && <Definition name={t('auditLog.userAgent')}>{entry.userAgent}</Definition>}
        {entry.clientID && <Definition name={t('auditLog.client')}>{entry.clientID}</Definition>}
        <Definition name={t('auditLog.type')}>
          <Code>{entry.activityType}</Code>
        </Definition>
        <Definition name={t('auditLog.id')}>
          <CopyID value={idBehind(entry.id) ?? entry.id} label={t('auditLog.copyID')} />
        </Definition>
      </Definitions>
      <CodeBlock
        code={JSON.stringify(entry.data, undefined, 2)}
        label={t('auditLog.data')}
        copyLabel={t('auditLog.copyData')}
      />
    </Stack>
  );
}
