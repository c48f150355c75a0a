import { Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { notifyDone } from '../layout/notify.tsx';
import { t } from '../words/index.ts';
import { whyNotSent } from './delivery.ts';
import { DeliveryState } from './delivery-state.tsx';
import { type Message, messagesQuery } from './queries.ts';
import { RetryButton } from './retry-button.tsx';

const SENT_STAYS_MS = 8_000;

interface DeliveryNoticeProps {
  projectID: string;
  /** What else happened, before the mails. */
  about: string;
  /** The mails as they were when the act answered. */
  messages: readonly Message[];
  notificationID: string;
}

/** Follows mails to their end; goes by itself when all are sent, stays when one failed. */
function DeliveryNotice({ projectID, about, messages, notificationID }: DeliveryNoticeProps) {
  const ids = messages.map(({ id }) => id);
  const { data: followed = messages } = useQuery(messagesQuery(projectID, ids));
  const isAllSent = followed.every(({ state }) => state === 'SENT');
  useEffect(() => {
    if (!isAllSent) return;
    const timer = setTimeout(() => notifications.hide(notificationID), SENT_STAYS_MS);
    return () => clearTimeout(timer);
  }, [isAllSent, notificationID]);
  return (
    <Stack gap="xs" tabIndex={-1}>
      {about && <Text size="sm">{about}</Text>}
      {followed.map((message) => (
        <div key={message.id}>
          <Group gap="xs">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {t('message.to', { recipient: message.recipient })}
            </Text>
            <DeliveryState state={message.state} />
            {message.state === 'FAILED' && message.canRetry && (
              <RetryButton projectID={projectID} message={message} />
            )}
          </Group>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {whyNotSent(message)}
          </Text>
        </div>
      ))}
    </Stack>
  );
}

interface Delivery {
  title: string;
  about: string;
  projectID: string;
  messages: readonly Message[];
}

/** Tells that an act worked, and follows the mails that it wrote, if any. */
export function notifyDelivery({ title, about, projectID, messages }: Delivery): void {
  const [first] = messages;
  if (!first) {
    notifyDone({ title, message: about });
    return;
  }
  const id = `delivery-${first.id}`;
  notifyDone({
    id,
    title,
    stays: true,
    message: <DeliveryNotice projectID={projectID} about={about} messages={messages} notificationID={id} />,
  });
}
