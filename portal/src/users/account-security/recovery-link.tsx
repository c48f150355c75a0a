import { Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { BusyButton } from '../../layout/busy-button.tsx';
import { notifyFailed } from '../../layout/notify.tsx';
import { notifyDelivery } from '../../messages/delivery-notice.tsx';
import { messagesKey, messagesOfUserQuery } from '../../messages/queries.ts';
import { t } from '../../words/index.ts';
import type { User } from '../queries.ts';
import { valuesOf } from '../user-words.ts';
import { sendRecoveryLink } from './queries.ts';

interface RecoveryLinkProps {
  projectID: string;
  user: User;
  /** Why this operator cannot send one. */
  whyNot: string | undefined;
}

/** Mails the user a link with which they choose a new password themselves; nobody else ever sees it. */
export function RecoveryLink({ projectID, user, whyNot }: RecoveryLinkProps) {
  const queryClient = useQueryClient();
  const [email] = valuesOf(user, 'email');
  const send = useMutation({
    mutationFn: async (loginID: string) => {
      await sendRecoveryLink(projectID, loginID);
      await queryClient.invalidateQueries({ queryKey: messagesKey(projectID) });
      // The mail was written along with the answer, so it is the newest of its kind.
      const query = messagesOfUserQuery(projectID, user.id);
      const messages = await queryClient.fetchQuery({ ...query, staleTime: 0 });
      return messages.filter(({ type }) => type === 'RECOVERY_LINK').slice(0, 1);
    },
    onSuccess: (messages) =>
      notifyDelivery({ title: t('recoveryLink.done'), about: '', projectID, messages }),
    onError: (error) => notifyFailed(t('recoveryLink.failed'), error),
  });
  const about = email === undefined ? t('recoveryLink.noEmail') : t('recoveryLink.about', { email });
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <div style={{ flex: '1 1 16rem', minWidth: 0 }}>
        <Text fw={550}>{t('recoveryLink.title')}</Text>
        <Text size="sm" c="dimmed" id="recovery-link-about" style={{ overflowWrap: 'anywhere' }}>
          {whyNot ?? about}
        </Text>
      </div>
      <BusyButton
        variant="default"
        aria-describedby="recovery-link-about"
        disabled={whyNot !== undefined || email === undefined}
        busy={send.isPending}
        onClick={() => email !== undefined && send.mutate(email)}
      >
        {t('recoveryLink.send')}
      </BusyButton>
    </Group>
  );
}
