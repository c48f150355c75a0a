import { Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMe } from '../../api/me.ts';
import { BusyButton } from '../../layout/busy-button.tsx';
import { askToConfirm } from '../../layout/confirm.tsx';
import { notifyDone, notifyFailed } from '../../layout/notify.tsx';
import { useFocusHandedOn } from '../../layout/use-focus-handed-on.ts';
import { t } from '../../words/index.ts';
import { isOwnAccount } from '../own-account.ts';
import { userKey } from '../queries.ts';
import { revokeAllSessions } from './queries.ts';

interface EndAllButtonProps {
  projectID: string;
  userID: string;
  /** What the user is called. */
  name: string;
  /** How many there are. */
  count: number;
}

/** Ends every session of a user, after a question that names them. */
export function EndAllButton({ projectID, userID, name, count }: EndAllButtonProps) {
  const { operator } = useMe();
  const queryClient = useQueryClient();
  const ref = useFocusHandedOn<HTMLButtonElement>();
  const end = useMutation({
    mutationFn: () => revokeAllSessions(projectID, userID),
    onSuccess: () => notifyDone({ title: t('sessions.allEnded'), message: name }),
    onError: (error) => notifyFailed(t('sessions.endFailed'), error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: userKey(projectID, userID) }),
  });
  const ask = () =>
    askToConfirm({
      title: t('sessions.endAllTitle', { name }),
      children: (
        <Stack gap="sm">
          <Text>{t('sessions.endAllAbout', { name, count })}</Text>
          {isOwnAccount(operator.id, projectID, userID) && <Text>{t('changePassword.itIsYou')}</Text>}
        </Stack>
      ),
      act: t('sessions.endAll'),
      onAct: () => end.mutate(),
    });
  return (
    <BusyButton ref={ref} variant="default" busy={end.isPending} onClick={ask}>
      {t('sessions.endAll')}
    </BusyButton>
  );
}
