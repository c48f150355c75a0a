import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { notifyDelivery } from '../../messages/delivery-notice.tsx';
import { type Message, messagesKey } from '../../messages/queries.ts';
import { t } from '../../words/index.ts';
import { userKey, usersKey } from '../queries.ts';

interface Chosen {
  expire: boolean;
  revoke: boolean;
}

/** What follows a change of password: a notice says what happened, every screen looks again, and back. */
export function useAfterChange(projectID: string, userID: string) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return {
    note: (messages: readonly Message[], { expire, revoke }: Chosen): void => {
      for (const queryKey of [userKey(projectID, userID), usersKey(projectID), messagesKey(projectID)]) {
        void queryClient.invalidateQueries({ queryKey });
      }
      const about = [expire && t('changePassword.doneAsk'), revoke && t('changePassword.doneRevoked')];
      notifyDelivery({
        title: t('changePassword.done'),
        about: about.filter((words) => words !== false).join(' '),
        projectID,
        messages,
      });
    },
    leave: (): void =>
      void navigate({
        to: '/project/$projectID/users/$userID/account-security',
        params: { projectID, userID },
        replace: true,
      }),
  };
}
