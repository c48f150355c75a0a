import { Card, Group, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type MyProject, mayEdit } from '../../api/me.ts';
import { Failure } from '../../layout/failure.tsx';
import list from '../../layout/plain-list.module.css';
import { RelativeTime } from '../../layout/relative-time.tsx';
import { whyNotSent } from '../../messages/delivery.ts';
import { DeliveryState } from '../../messages/delivery-state.tsx';
import { type Message, messagesOfUserQuery } from '../../messages/queries.ts';
import { RetryButton } from '../../messages/retry-button.tsx';
import { t } from '../../words/index.ts';
import styles from './mails-card.module.css';

interface MailsCardProps {
  project: MyProject;
  userID: string;
}

/** The mails to the user, newest first, each with what became of it. */
export function MailsCard({ project, userID }: MailsCardProps) {
  const messages = useQuery(messagesOfUserQuery(project.id, userID));
  return (
    <Card component="section" aria-labelledby="mails">
      <Title order={2} id="mails">
        {t('security.mails')}
      </Title>
      <Text c="dimmed" mb="sm">
        {t('security.mailsAbout')}
      </Text>
      {messages.isError ? (
        <Failure error={messages.error} onRetry={() => void messages.refetch()} />
      ) : messages.isPending ? (
        <Skeleton height={56} />
      ) : messages.data.length === 0 ? (
        <Text mih={56}>{t('security.noMails')}</Text>
      ) : (
        <ul className={list.list}>
          {messages.data.map((message) => (
            <Mail key={message.id} message={message} project={project} userID={userID} />
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Mails that carry a password, which a new reset replaces. */
const CARRIES_PASSWORD: ReadonlySet<Message['type']> = new Set([
  'PASSWORD_RESET_BY_ADMIN',
  'ACCOUNT_CREATED',
]);

/** Mails that carry what works for minutes only. */
const RUNS_OUT: ReadonlySet<Message['type']> = new Set(['RECOVERY_CODE', 'RECOVERY_LINK', 'SIGNUP_CODE']);

function Mail({ message, project, userID }: { message: Message; project: MyProject; userID: string }) {
  const failed = message.state === 'FAILED';
  const mayAct = mayEdit(project.role);
  const cannotRetry = failed && !message.canRetry;
  const isGone = cannotRetry && CARRIES_PASSWORD.has(message.type);
  const why = whyNotSent(message);
  return (
    <li className={list.item}>
      <div className={list.what}>
        <Text fw={550}>{t(`message.type.${message.type}`)}</Text>
        <Text size="sm" c="dimmed">
          {t('message.to', { recipient: message.recipient })} ·{' '}
          <RelativeTime time={message.sentAt ?? message.createdAt} />
        </Text>
        {why && (
          <Text size="sm" c={failed ? 'var(--bad)' : 'dimmed'}>
            {why}
          </Text>
        )}
        {cannotRetry && RUNS_OUT.has(message.type) && (
          <Text size="sm" c="dimmed">
            {t('message.runOut')}
          </Text>
        )}
        {isGone && (
          <Text size="sm" c="dimmed">
            {t('message.gone')}{' '}
            {mayAct && (
              <Link
                className={styles.link}
                to="/project/$projectID/users/$userID/account-security/change-password"
                params={{ projectID: project.id, userID }}
              >
                {t('message.resetAgain')}
              </Link>
            )}
          </Text>
        )}
      </div>
      <Group gap="xs" wrap="nowrap">
        <DeliveryState state={message.state} />
        {failed && message.canRetry && mayAct && <RetryButton projectID={project.id} message={message} />}
      </Group>
    </li>
  );
}
