import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { BusyButton } from '../../layout/busy-button.tsx';
import { notifyDone, notifyFailed } from '../../layout/notify.tsx';
import styles from '../../layout/plain-list.module.css';
import { RelativeTime } from '../../layout/relative-time.tsx';
import { useFocusHandedOn } from '../../layout/use-focus-handed-on.ts';
import { t } from '../../words/index.ts';
import { userKey } from '../queries.ts';
import { revokeSession, type Session } from './queries.ts';

interface SessionItemProps {
  session: Session;
  appNames?: ReadonlyMap<string, string>;
  projectID: string;
  userID: string;
  mayAct: boolean;
}

/** The apps that every project has. */
const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ['portal', t('sessions.portal')],
  ['settings', t('sessions.settings')],
]);

const from = (ip: string): string => (ip === '' ? '' : ` ${t('activity.from', { ip })}`);

/** One browser: since when, from where, for which apps, and the button that ends it. */
export function SessionItem({ session, appNames, projectID, userID, mayAct }: SessionItemProps) {
  const browser = session.displayName || t('sessions.unknownBrowser');
  const apps = session.clientIDs.map((id) => appNames?.get(id) ?? BUILT_IN.get(id) ?? id);
  return (
    <li className={styles.item}>
      <div className={styles.what}>
        <Text fw={550}>{browser}</Text>
        <Text size="sm">
          {t('sessions.lastUsed')} <RelativeTime time={session.lastAccessedAt} />
          {from(session.lastAccessedByIP)}
        </Text>
        <Text size="sm" c="dimmed">
          {t('sessions.signedIn')} <RelativeTime time={session.createdAt} />
          {from(session.createdByIP)}
        </Text>
        {apps.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('sessions.apps', { apps: apps.join(', ') })}
          </Text>
        )}
      </div>
      {mayAct && <EndButton sessionID={session.id} {...{ browser, projectID, userID }} />}
    </li>
  );
}

interface EndButtonProps {
  sessionID: string;
  browser: string;
  projectID: string;
  userID: string;
}

function EndButton({ sessionID, browser, projectID, userID }: EndButtonProps) {
  const queryClient = useQueryClient();
  const ref = useFocusHandedOn<HTMLButtonElement>();
  const end = useMutation({
    mutationFn: () => revokeSession(projectID, sessionID),
    onSuccess: () => notifyDone({ title: t('sessions.ended') }),
    onError: (error) => notifyFailed(t('sessions.endFailed'), error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: userKey(projectID, userID) }),
  });
  return (
    <BusyButton
      ref={ref}
      size="compact-sm"
      variant="default"
      busy={end.isPending}
      onClick={() => end.mutate()}
      aria-label={t('sessions.endOf', { browser })}
    >
      {t('sessions.end')}
    </BusyButton>
  );
}
