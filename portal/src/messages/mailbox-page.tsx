import { Skeleton, Text } from '@mantine/core';
import { IconLock, IconMailbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMe } from '../api/me.ts';
import { Empty } from '../layout/empty.tsx';
import { Failure } from '../layout/failure.tsx';
import list from '../layout/link-list.module.css';
import { Page } from '../layout/page.tsx';
import { useProject } from '../layout/project-frame.tsx';
import { RelativeTime } from '../layout/relative-time.tsx';
import { RoutedButton } from '../layout/routed-button.tsx';
import { t } from '../words/index.ts';
import styles from './mailbox-page.module.css';
import { type MailboxMail, mailboxQuery } from './mailbox-queries.ts';

/** The built-in mailbox: where mails end while no mail server is set. */
export function MailboxPage() {
  const project = useProject();
  const { readsMailbox } = useMe();
  return (
    <Page title={t('mailbox.title')} about={readsMailbox && t('mailbox.about')}>
      {readsMailbox ? (
        <Mails projectID={project.id} />
      ) : (
        <Empty icon={<IconLock size={26} />} title={t('mailbox.notAllowed')}>
          {t('mailbox.notAllowedAbout')}
        </Empty>
      )}
    </Page>
  );
}

function Mails({ projectID }: { projectID: string }) {
  const mails = useQuery(mailboxQuery(projectID));
  if (mails.isError) return <Failure error={mails.error} onRetry={() => void mails.refetch()} />;
  if (mails.data?.length === 0) {
    return (
      <Empty
        icon={<IconMailbox size={26} />}
        title={t('mailbox.none')}
        action={
          <RoutedButton variant="default" to="/project/$projectID/users" params={{ projectID }}>
            {t('mailbox.toUsers')}
          </RoutedButton>
        }
      >
        {t('mailbox.noneAbout')}
      </Empty>
    );
  }
  return (
    <ul className={list.list} aria-label={t('mailbox.title')} aria-busy={mails.isPending}>
      {mails.data?.map((mail) => <Mail key={mail.id} projectID={projectID} mail={mail} />) ??
        [1, 2, 3].map((line) => (
          <li key={line} className={styles.mail}>
            <Skeleton height={14} width="40%" my={4} />
            <Skeleton height={12} width="55%" my={4} />
          </li>
        ))}
    </ul>
  );
}

function Mail({ projectID, mail }: { projectID: string; mail: MailboxMail }) {
  return (
    <li className={styles.mail}>
      <div className={styles.what}>
        <Link
          className={list.link}
          to="/project/$projectID/messages/mailbox/$mailID"
          params={{ projectID, mailID: mail.id }}
        >
          {mail.subject}
        </Link>
        <Text size="sm" c="dimmed">
          {t('message.to', { recipient: mail.recipient })}
        </Text>
      </div>
      <Text size="sm" c="dimmed" className={styles.when}>
        <RelativeTime time={mail.createdAt} focusable={false} />
      </Text>
    </li>
  );
}
