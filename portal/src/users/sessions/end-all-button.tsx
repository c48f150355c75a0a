import { Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMe } from '../../api/me.ts';
import { BusyButton } from '../../layout/busy-button.tsx';
import { Confirm } from '../../layout/confirm.tsx';
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
  const [isAsked, setAsked] = useState(false);
  const end = useMutation({
    mutationFn: () => revokeAllSessions(projectID, userID),
    onSuccess: () => notifyDone({ title: t('sessions.allEnded'), message: name }),
    onError: (error) => notifyFailed(t('sessions.endFailed'), error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: userKey(projectID, userID) }),
  });
  return (
    <>
      <BusyButton ref={ref} variant="default" busy={end.isPending} onClick={() => setAsked(true)}>
        {t('sessions.endAll')}
      </BusyButton>
      <Confirm
        opened={isAsked}
        title={t('sessions.endAllTitle')}
        keep={t('common.cancel')}
        onKeep={() => setAsked(false)}
        act={t('sessions.endAll')}
        onAct={() => {
          setAsked(false);
          end.mutate();
        }}
      >
        <Stack gap="sm">
          <Text>{t('sessions.endAllAbout', { name, count })}</Text>
          {isOwnAccount(operator.id, projectID, userID) && <Text>{t('changePassword.itIsYou')}</Text>}
        </Stack>
      </Confirm>
    </>
  );
}
