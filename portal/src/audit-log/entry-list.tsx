import { Skeleton, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMe } from '../api/me.ts';
import list from '../layout/link-list.module.css';
import { RelativeTime } from '../layout/relative-time.tsx';
import { idBehind } from '../users/global-id.ts';
import { t } from '../words/index.ts';
import styles from './entry-list.module.css';
import { actorWords, headline, subjectOf } from './entry-words.ts';
import { EventIcon } from './event-icon.tsx';
import { eventDetails } from './event-words.ts';
import type { Entry } from './queries.ts';

const LOADING_ROWS = [1, 2, 3, 4, 5, 6, 7, 8];

interface EntryListProps {
  /** Undefined while they load: rows of the same height stand in. */
  entries: readonly Entry[] | undefined;
  /** Whether these are those of the filters before. */
  stale: boolean;
}

/** One row for each thing that happened; it opens the entry beside the list. */
export function EntryList({ entries, stale }: EntryListProps) {
  return (
    <ol
      className={`${list.list} ${styles.list}`}
      data-stale={stale || undefined}
      aria-label={t('auditLog.title')}
      aria-busy={entries === undefined || stale}
    >
      {entries?.map((entry) => <EntryRow key={entry.id} entry={entry} />) ??
        LOADING_ROWS.map((row) => (
          <li key={row} className={styles.row}>
            <Skeleton height={32} circle />
            <div className={styles.what}>
              <Skeleton height={12} width={240} maw="100%" my={4} />
              <Skeleton height={10} width={160} my={4} />
            </div>
          </li>
        ))}
    </ol>
  );
}

function EntryRow({ entry }: { entry: Entry }) {
  const { operator } = useMe();
  const details = eventDetails(entry).filter((detail) => detail !== subjectOf(entry));
  const from = entry.ipAddress ? t('activity.from', { ip: entry.ipAddress }) : undefined;
  const by = [actorWords(entry, idBehind(operator.id) ?? operator.id), from].filter((words) => words);
  return (
    <li className={styles.row}>
      <EventIcon activityType={entry.activityType} />
      <div className={styles.what}>
        <Link
          className={list.link}
          from="/project/$projectID/audit-log"
          to="."
          search={(search) => ({ ...search, entry: entry.id })}
          resetScroll={false}
        >
          {headline(entry)}
        </Link>
        {details.length > 0 && <Text size="sm">{details.join(' · ')}</Text>}
        <Text size="sm" c="dimmed">
          <RelativeTime time={entry.createdAt} focusable={false} /> · {by.join(' ')}
        </Text>
      </div>
    </li>
  );
}
