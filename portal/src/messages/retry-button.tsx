import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { BusyButton } from '../layout/busy-button.tsx';
import { notifyFailed } from '../layout/notify.tsx';
import { useFocusHandedOn } from '../layout/use-focus-handed-on.ts';
import { t } from '../words/index.ts';
import { type Message, messagesKey, retryMessage } from './queries.ts';

interface RetryButtonProps {
  projectID: string;
  message: Pick<Message, 'id' | 'recipient'>;
}

/** Sends a mail again that failed, and has every screen that shows it look again. */
export function RetryButton({ projectID, message }: RetryButtonProps) {
  const queryClient = useQueryClient();
  const ref = useFocusHandedOn<HTMLButtonElement>();
  const retry = useMutation({
    mutationFn: () => retryMessage(projectID, message.id),
    onError: (error) => notifyFailed(t('message.retryFailed'), error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: messagesKey(projectID) }),
  });
  return (
    <BusyButton
      ref={ref}
      size="compact-sm"
      variant="default"
      leftSection={<IconRefresh size={14} aria-hidden />}
      busy={retry.isPending}
      onClick={() => retry.mutate()}
      aria-label={t('message.retryTo', { recipient: message.recipient })}
    >
      {t('message.retry')}
    </BusyButton>
  );
}
