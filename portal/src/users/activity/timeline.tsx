import { Text } from '@mantine/core';
import { useMe } from '../../api/me.ts';
import { EventIcon } from '../../audit-log/event-icon.tsx';
import { byWhom, eventDetails, eventWords } from '../../audit-log/event-words.ts';
import { RelativeTime } from '../../layout/relative-time.tsx';
import { t } from '../../words/index.ts';
import { idBehind } from '../global-id.ts';
import type { Activity } from './queries.ts';
import styles from './timeline.module.css';

/** One line for each thing that happened: what, how, when, by whom and from where. */
export function Timeline({ entries }: { entries: readonly Activity[] }) {
  return (
    <ol className={styles.list}>
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </ol>
  );
}

function Entry({ entry }: { entry: Activity }) {
  const { operator } = useMe();
  const details = eventDetails(entry);
  const by = byWhom(entry, idBehind(operator.id) ?? operator.id);
  const from = entry.ipAddress ? t('activity.from', { ip: entry.ipAddress }) : undefined;
  const about = [by, from].filter((words) => words !== undefined).join(' ');
  return (
    <li className={styles.entry}>
      <EventIcon activityType={entry.activityType} />
      <div className={styles.what}>
        <Text fw={550}>{eventWords(entry)}</Text>
        {details.length > 0 && <Text size="sm">{details.join(' · ')}</Text>}
        <Text size="sm" c="dimmed">
          <RelativeTime time={entry.createdAt} />
          {about !== '' && ` · ${about}`}
        </Text>
      </div>
    </li>
  );
}
